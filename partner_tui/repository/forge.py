"""The web pages of a repository: its own, and the one that opens a pull request. Only their form is known; nobody is asked."""

from __future__ import annotations

from urllib.parse import quote

_WITHOUT_PULL_REQUESTS = ("amazonaws.com", "git.sr.ht", "googlesource.com", "source.developers.google.com")
_AZURE_SSH = ("ssh.dev.azure.com", "vs-ssh.visualstudio.com")


def repository_page(site: str, host: str, path: str) -> str:
    """The repository's page.

    Args:
        site: Where the host's pages begin, such as ``https://host:8443``.
        host: Lower case, without port.
        path: As the remote's URL has it, without ``.git``.
    """
    parts = path.split("/")
    if host in _AZURE_SSH and len(parts) == 4:
        _, organisation, project, name = parts
        return f"https://dev.azure.com/{quote(f'{organisation}/{project}/_git/{name}')}"
    if _is_bitbucket_server(host, path):
        *_, project, name = ["", *parts]
        kind, owner = ("users", project[1:]) if project.startswith("~") else ("projects", project)
        return f"{site}/{kind}/{quote(owner)}/repos/{quote(name)}"
    return f"{site}/{quote(path)}"


def compare_page(site: str, host: str, path: str, base: str, branch: str, owner: str = "") -> str | None:
    """The page that opens a pull (or merge) request; None where the host is known to have none, or the path fits no forge.

    Args:
        site, host, path: As for `repository_page`.
        base: The branch to merge into.
        branch: The branch to merge.
        owner: Of the fork that has the branch; where the page of the fork itself opens the request, there is none.
    """
    page, base, head = repository_page(site, host, path), quote(base), quote(branch)
    depth = path.count("/") + 1
    if depth < 2 or any(host == known or host.endswith(f".{known}") for known in _WITHOUT_PULL_REQUESTS):
        return None
    if owner and ("/_git/" in page or "bitbucket" in host or "gitlab" in host or depth > 2):
        return None
    if "/_git/" in page:
        return f"{page}/pullrequestcreate?sourceRef={head}&targetRef={base}"
    if _is_bitbucket_server(host, path):
        return f"{page}/pull-requests?create&sourceBranch=refs/heads/{head}&targetBranch=refs/heads/{base}"
    if "bitbucket" in host:
        return f"{page}/pull-requests/new?source={head}&dest={base}"
    if "gitlab" in host or depth > 2:  # no other forge has groups within groups
        return f"{page}/-/merge_requests/new?merge_request[source_branch]={head}&merge_request[target_branch]={base}"
    suffix = "?expand=1" if "github" in host or host.endswith(".ghe.com") else ""
    return f"{page}/compare/{base}...{f'{quote(owner)}:' if owner else ''}{head}{suffix}"


def _is_bitbucket_server(host: str, path: str) -> bool:
    """One that a company runs itself: its pages are called otherwise than its remotes."""
    return ("bitbucket" in host and host != "bitbucket.org") or path.startswith("scm/")
