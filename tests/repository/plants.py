"""Settings that make git run something or reach out of a folder, each with a witness that tells that it did.

plant = PLANTS["filter.clean"]
plant.put(root, witness)      # root is a clone whose remote is beside it
assert not witness.exists()   # as long as nobody trusts it
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.real_git import git, write


@dataclass(frozen=True)
class Plant:
    """One way in.

    Args:
        put: Called with the work tree, and the program that leaves the witness.
        asked: What the question names; empty for what never runs and is not asked about.
        works: Whether it runs in `use_all` once it is trusted.
    """

    put: Callable[[Path, Path], object]
    asked: str = ""
    works: bool = False


def make_program(witness: Path) -> Path:
    """A program that leaves the witness and, as a filter, hands on what it is given."""
    program = witness.with_suffix(".sh")
    program.write_text(f"#!/bin/sh\ntouch {witness}\n[ $# -gt 0 ] || cat\n")
    program.chmod(0o755)
    return program


def setting(key: str, value: str = "{program}", **more: str) -> Callable[[Path, Path], None]:
    """Set it in the folder's own configuration; `more` are further ones, with __ for a dot."""

    def put(root: Path, program: Path) -> None:
        for name, text in {
            key: value,
            **{name.replace("__", "."): text for name, text in more.items()},
        }.items():
            git("config", "--local", name, text.format(program=program, root=root), cwd=root)

    return put


def filtered(key: str, value: str = "{program}") -> Callable[[Path, Path], None]:
    def put(root: Path, program: Path) -> None:
        setting(key, value)(root, program)
        write(root, ".git/info/attributes", "*.yaml filter=strip diff=strip merge=strip\n")
        (root / "collection.yaml").touch()

    return put


def included(key: str, *, way: str = "include.path") -> Callable[[Path, Path], None]:
    def put(root: Path, program: Path) -> None:
        section, _, name = key.rpartition(".")
        first, _, second = section.partition(".")
        header = f'[{first} "{second}"]' if second else f"[{first}]"
        write(root, "shared.cfg", f"{header}\n\t{name} = {program}\n")
        setting(way.format(root=root), "../shared.cfg")(root, program)
        write(root, ".git/info/attributes", "*.yaml filter=strip\n")
        (root / "collection.yaml").touch()

    return put


def own_of_the_work_tree(root: Path, program: Path) -> None:
    git("config", "extensions.worktreeConfig", "true", cwd=root)
    git("config", "--worktree", "filter.strip.clean", str(program), cwd=root)
    write(root, ".git/info/attributes", "*.yaml filter=strip\n")
    (root / "collection.yaml").touch()


def inner_repository(root: Path, program: Path) -> None:
    address = git("remote", "get-url", "origin", cwd=root)
    git("clone", "--quiet", "--bare", address, str(root / "inner.git"), cwd=root)
    shutil.copy(program, root / "inner.git/hooks/post-receive")
    git("remote", "set-url", "origin", (root / "inner.git").as_uri(), cwd=root)


def relative_repository(root: Path, program: Path) -> None:
    address = git("remote", "get-url", "origin", cwd=root)
    git("clone", "--quiet", "--bare", address, str(root.parent / "beside.git"), cwd=root)
    shutil.copy(program, root.parent / "beside.git/hooks/post-receive")
    git("remote", "set-url", "origin", "../beside.git", cwd=root)


def address_by_way_of_the_process(root: Path, program: Path) -> None:
    relative_repository(root, program)
    git("remote", "set-url", "origin", "/proc/self/cwd/../beside.git", cwd=root)


def submodule(root: Path, program: Path) -> None:
    """One whose configuration runs programs when somebody looks whether it is changed."""
    address = git("remote", "get-url", "origin", cwd=root)
    git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", address, "sub", cwd=root)
    git("commit", "--quiet", "--message=Add", cwd=root)
    for key in ("core.fsmonitor", "filter.strip.clean", "diff.external"):
        git("config", key, str(program), cwd=root / "sub")
    write(root, "sub/.gitattributes", "*.yaml filter=strip\n")
    write(root, "sub/collection.yaml", "id: other\n")


def hooks(root: Path, program: Path) -> None:
    for name in (
        "pre-commit",
        "commit-msg",
        "post-commit",
        "pre-push",
        "post-checkout",
        "reference-transaction",
    ):
        shutil.copy(program, root / ".git/hooks" / name)


def git_file(root: Path, program: Path) -> None:
    filtered("filter.strip.clean")(root, program)
    shutil.move(root / ".git", root.parent / "elsewhere.git")
    (root / ".git").write_text("gitdir: ../elsewhere.git\n")


def git_link(root: Path, program: Path) -> None:
    filtered("filter.strip.clean")(root, program)
    shutil.move(root / ".git", root.parent / "elsewhere.git")
    (root / ".git").symlink_to(root.parent / "elsewhere.git")


def commondir(root: Path, program: Path) -> None:
    filtered("filter.strip.clean")(root, program)
    shutil.copytree(root / ".git", root.parent / "elsewhere.git")
    write(root, ".git/commondir", "../../elsewhere.git\n")


def old_remote(root: Path, program: Path) -> None:
    git("config", "--remove-section", "remote.origin", cwd=root)
    write(root, ".git/remotes/origin", f"URL: ext::{program}\n")
    git("config", "branch.main.remote", "origin", cwd=root)
    git("config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*", cwd=root)


PLANTS = {
    "filter.clean": Plant(filtered("filter.strip.clean"), "filter.strip.clean", works=True),
    "filter.process": Plant(filtered("filter.strip.process"), "filter.strip.process", works=True),
    "filter.smudge": Plant(filtered("filter.strip.smudge"), "filter.strip.smudge", works=True),
    "filter.lfs": Plant(setting("filter.lfs.clean"), "filter.lfs.clean"),
    "diff.command": Plant(filtered("diff.strip.command"), "diff.strip.command"),
    "diff.textconv": Plant(filtered("diff.strip.textconv"), "diff.strip.textconv"),
    "merge.driver": Plant(filtered("merge.strip.driver"), "merge.strip.driver"),
    "diff.external": Plant(setting("diff.external"), "diff.external"),
    "core.sshCommand": Plant(
        setting("core.sshCommand", remote__origin__url="ssh://host.invalid/x.git"),
        "core.sshCommand",
        works=True,
    ),
    "credential.helper": Plant(
        setting("credential.helper", "!{program}", remote__origin__url="http://locked/"),
        "credential.helper",
        works=True,
    ),
    "remote.uploadpack": Plant(setting("remote.origin.uploadpack"), "remote.origin.uploadpack", works=True),
    "remote.receivepack": Plant(
        setting("remote.origin.receivepack"), "remote.origin.receivepack", works=True
    ),
    "remote.vcs": Plant(
        setting("remote.origin.vcs", "ext", remote__origin__url="sh -c {program}"), "remote.origin.vcs"
    ),
    "remote.proxy": Plant(setting("remote.origin.proxy", "http://127.0.0.1:1"), "remote.origin.proxy"),
    "ext::": Plant(
        setting("remote.origin.url", "ext::{program}", protocol__ext__allow="always"), "remote.origin.url"
    ),
    "fd::": Plant(setting("remote.origin.url", "fd::17"), "remote.origin.url"),
    "--upload-pack": Plant(setting("remote.origin.url", "--upload-pack={program}"), "remote.origin.url"),
    "pushurl": Plant(setting("remote.origin.pushurl", "ext::{program}"), "remote.origin.pushurl"),
    "insteadOf": Plant(
        setting("url.ext::{program} .insteadOf", "file://", protocol__ext__allow="always"), "url.ext::"
    ),
    "pushInsteadOf": Plant(setting("url.ext::{program} .pushInsteadOf", "file://"), "url.ext::"),
    "gitProxy": Plant(
        setting("core.gitProxy", remote__origin__url="git://host.invalid/x.git"), "core.gitProxy", works=True
    ),
    "alternateRefsCommand": Plant(setting("core.alternateRefsCommand"), "core.alternateRefsCommand"),
    "branch.remote": Plant(setting("branch.main.remote", "ext::{program}"), "branch.main.remote"),
    "branch.pushRemote": Plant(setting("branch.main.pushRemote", "ext::{program}"), "branch.main.pushRemote"),
    "remote.pushDefault": Plant(setting("remote.pushDefault", "ext::{program}"), "remote.pushDefault"),
    "partialClone": Plant(setting("extensions.partialClone", "ext::{program}"), "extensions.partialClone"),
    "gpg.program": Plant(setting("gpg.program", commit__gpgSign="true"), "gpg.program", works=True),
    "gpg.x509": Plant(
        setting("gpg.x509.program", commit__gpgSign="true", gpg__format="x509"),
        "gpg.x509.program",
        works=True,
    ),
    "gpg.ssh.program": Plant(
        setting(
            "gpg.ssh.program",
            commit__gpgSign="true",
            gpg__format="ssh",
            user__signingKey="key::ssh-ed25519 AAAA",
        ),
        "gpg.ssh.program",
        works=True,
    ),
    "gpg.ssh.defaultKeyCommand": Plant(
        setting("gpg.ssh.defaultKeyCommand", commit__gpgSign="true", gpg__format="ssh"),
        "gpg.ssh.defaultKeyCommand",
        works=True,
    ),
    "signingKey": Plant(setting("user.signingKey", "/etc/passwd"), "user.signingKey"),
    "include.path": Plant(included("filter.strip.clean"), "include.path", works=True),
    "includeIf": Plant(
        included("filter.strip.clean", way="includeIf.gitdir:{root}/.path"), "includeif.gitdir", works=True
    ),
    "config.worktree": Plant(own_of_the_work_tree, "filter.strip.clean", works=True),
    "core.worktree": Plant(setting("core.worktree", "{root}/.."), "core.worktree"),
    "core.attributesFile": Plant(setting("core.attributesFile", "/etc/passwd"), "core.attributesFile"),
    "core.excludesFile": Plant(setting("core.excludesFile", "/etc/passwd"), "core.excludesFile"),
    "http.cookieFile": Plant(setting("http.cookieFile", http__saveCookies="true"), "http.cookieFile"),
    "http.proxy": Plant(setting("http.proxy", "http://127.0.0.1:1"), "http.proxy"),
    "http.sslVerify": Plant(setting("http.sslVerify", "false"), "http.sslVerify"),
    "http.sslCert": Plant(setting("http.https://github.com/.sslCert"), "http.https://github.com/.sslCert"),
    "protocol.allow": Plant(setting("protocol.allow", "always"), "protocol.allow"),
    "trailer": Plant(setting("trailer.sign.command", trailer__sign__ifmissing="add"), "trailer.sign.command"),
    "packObjectsHook": Plant(setting("uploadpack.packObjectsHook"), "uploadpack.packObjectsHook"),
    "tar.command": Plant(setting("tar.x.command"), "tar.x.command"),
    "recentObjectsHook": Plant(setting("gc.recentObjectsHook"), "gc.recentObjectsHook"),
    "submodule.update": Plant(setting("submodule.a.update", "!{program}"), "submodule.a.update"),
    "mirrored fetch": Plant(
        setting("remote.origin.fetch", "+refs/heads/*:refs/heads/*"), "remote.origin.fetch"
    ),
    "of the future": Plant(setting("future.runs"), "future.runs"),
    "inner repository": Plant(inner_repository, "remote.origin.url", works=True),
    "relative repository": Plant(relative_repository, "remote.origin.url", works=True),
    "by way of /proc": Plant(address_by_way_of_the_process, "remote.origin.url"),
    "submodule": Plant(submodule),
    "old remote": Plant(old_remote, ".git/remotes/origin"),
    ".git file": Plant(git_file, ".git", works=True),
    ".git link": Plant(git_link, ".git", works=True),
    "commondir": Plant(commondir, ".git/commondir", works=True),
    "hooks": Plant(hooks),
    "hooksPath": Plant(setting("core.hooksPath", "{root}/.git/hooks")),
    "fsmonitor": Plant(setting("core.fsmonitor")),
    "pager": Plant(setting("core.pager", pager__log="{program}", pager__status="{program}")),
    "editor": Plant(setting("core.editor", core__askPass="{program}", sequence__editor="{program}")),
    "alias": Plant(setting("alias.status", "!{program}", alias__log="!{program}")),
}
