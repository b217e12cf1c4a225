"""The remote was not reached, or did not let us in."""

from __future__ import annotations

from partner_tui.errors import CredentialsRefused, GitError
from partner_tui.repository.process.failures.kinds import (
    Failure,
    NoWriteAccess,
    PushDeclined,
    RemoteBroken,
    RemoteNotFound,
    RemoteUnreachable,
)

_ADDRESSES = (
    Failure(
        r"Could not resolve proxy:? ?(?P<name>[^\s:;']*)",
        RemoteUnreachable,
        "The proxy {name} was not found.",
        "Check https_proxy in your environment and http.proxy in git's configuration.",
    ),
    Failure(
        r"Could not resolve host(?:name)?:? ?(?P<name>[^\s:;']*)",
        RemoteUnreachable,
        "The host {name} was not found.",
        "Check the URL and the network connection.",
    ),
    Failure(
        r"HTTP code 407|error: 407|Proxy Authentication Required",
        RemoteUnreachable,
        "The proxy requires a user name and password.",
        "Set them in https_proxy or git's http.proxy, or ask the operator of the proxy.",
    ),
    Failure(
        r"Proxy CONNECT aborted|from proxy after CONNECT|CONNECT tunnel failed",
        RemoteUnreachable,
        "The proxy did not connect to the remote host.",
        "Check https_proxy in your environment and http.proxy in git's configuration.",
    ),
    Failure(
        r"Connection refused",
        RemoteUnreachable,
        "The remote host refused the connection.",
        "Check the URL and its port; the server may be down.",
    ),
    Failure(
        r"timed out|Timeout was reached|Operation too slow|Network is unreachable|No route to host"
        r"|Failed to connect to|Couldn't connect to server",
        RemoteUnreachable,
        "The remote host does not answer.",
        "Check the network connection (a VPN or proxy?) and try again.",
    ),
    Failure(
        r"transport '(?P<name>[^']*)' not allowed|Unable to find remote helper for '(?P<other>[^']*)'",
        GitError,
        "This kind of remote URL is not allowed.",
        "Use an https or ssh URL.",
    ),
)

_SSH = (
    Failure(
        r"REMOTE HOST IDENTIFICATION HAS CHANGED|host key for (?P<name>\S+) has changed",
        CredentialsRefused,
        "The host's ssh key has changed. Someone may be intercepting the connection.",
        "Compare the new fingerprint with the one that the host publishes. If they match, remove the old key"
        " (ssh-keygen -R HOST) and connect again.",
    ),
    Failure(
        r"Host key verification failed|No \S+ host key is known",
        CredentialsRefused,
        "The host's ssh key is not known.",
        "Fetch again and compare the fingerprint with the one that the host publishes.",
    ),
    Failure(
        r"UNPROTECTED PRIVATE KEY FILE|Bad owner or permissions on (?P<name>\S+)",
        CredentialsRefused,
        "ssh does not use a file that others may read or write.",
        "Run chmod 600 on the file that ssh names above.",
    ),
    Failure(
        r"agent refused operation|sign_and_send_pubkey: signing failed|device not found",
        CredentialsRefused,
        "Your ssh agent or security key did not sign.",
        "Plug the security key in and touch it when it blinks; ssh-add -l lists what the agent has.",
    ),
    Failure(
        r"Unable to negotiate with|no matching (?:host key type|key exchange method|cipher)",
        RemoteUnreachable,
        "ssh and the remote host have no common encryption method.",
        "Ask who runs the host to update it, or allow what it offers in ~/.ssh/config.",
    ),
    Failure(
        r"cannot run ssh|ssh: (?:command )?not found",
        GitError,
        "The program ssh was not found.",
        "Install OpenSSH, or check GIT_SSH_COMMAND and core.sshCommand.",
        by="git",
    ),
)

_ACCOUNTS = (
    Failure(
        r"archived",
        PushDeclined,
        "The remote repository is archived, so it is read-only.",
        "Ask an owner to unarchive it, or push to a fork of your own.",
    ),
    Failure(
        r"SAML SSO|re-?authorize the OAuth|single sign-on",
        CredentialsRefused,
        "The organisation requires single sign-on authorization for your token or key.",
        "Authorize it in the settings of your account, or at the link above, then try again.",
    ),
    Failure(
        r"account (?:is |has been )?(?:suspended|locked)|repository[^\n]*(?:disabled|blocked|access blocked)",
        RemoteNotFound,
        "The remote has locked this repository or account.",
        "Ask an owner of the repository; other credentials do not help.",
    ),
    Failure(
        r"IP allow list|IP address is not (?:allowed|permitted)",
        RemoteNotFound,
        "The remote does not accept connections from this network.",
        "Connect from a network that its owner allows, such as a VPN.",
    ),
    Failure(
        r"error: 429|HTTP 429|rate limit",
        RemoteUnreachable,
        "The remote rejected the request: too many requests.",
        "Wait a few minutes, then try again.",
    ),
    Failure(
        r"marked as read[- ]only|deploy key",
        NoWriteAccess,
        "This ssh key may read, but not write.",
        "Use a key or token with write access to this repository, or push to a fork of your own.",
    ),
    Failure(
        r"Authentication failed|could not read (?:Username|Password)|Permission denied \(|terminal prompts disabled"
        r"|Invalid username or (?:password|token)|HTTP Basic: Access denied|requested URL returned error: 401"
        r"|Too many authentication failures|Support for password authentication was removed"
        r"|incorrect passphrase supplied",
        CredentialsRefused,
        "The remote refused the credentials, or got none.",
        "Use your user name with an access token instead of a password, or an ssh key that the host knows.",
    ),
    Failure(
        r"Permission to \S+ denied to|requested URL returned error: 403|write access to repository not granted"
        r"|insufficient scope",
        NoWriteAccess,
        "You do not have permission for this on the remote.",
        "Use a token with write access to this repository, or push to a fork of your own.",
    ),
    Failure(
        r"Repository not found|repository '(?P<name>[^']*)' (?:not found|does not exist)|requested URL returned error: 404"
        r"|project you were looking for could not be found",
        RemoteNotFound,
        "The repository does not exist on the remote, or it is private.",
        "Check owner and name; for a private repository use credentials that may read it.",
    ),
    Failure(
        r"'(?P<name>[^'\n]*[/:][^'\n]*)' does not appear to be a git repository",
        RemoteNotFound,
        "There is no repository at {name}.",
        "Check the path in the URL.",
    ),
    Failure(
        r"'(?P<name>[^'\n]*)' does not appear to be a git repository",
        RemoteNotFound,
        "There is no repository at {name}, and no remote of this name.",
        "Check the URL of the remote (git remote -v), and remote.pushDefault.",
    ),
    Failure(
        r"not valid: is this a git repository|unable to update url base from redirection|invalid server response"
        r"|URL returned error: 30\d",
        RemoteNotFound,
        "The URL leads to a web page instead of a repository.",
        "Open it in a browser: it may be wrong, or redirected to a login page (of a network or VPN).",
    ),
)

_TLS = (
    Failure(
        r"certificate has expired|certificate is not yet valid",
        RemoteUnreachable,
        "The remote host's certificate has expired or is not valid yet.",
        "Check the clock of this machine; if it is right, tell the operator of the host.",
    ),
    Failure(
        r"no alternative certificate subject name|does not match target host name|hostname mismatch",
        RemoteUnreachable,
        "The remote host's certificate is for another host.",
        "Check the URL; a login page of a network may answer in its place.",
    ),
    Failure(
        r"wrong version number|packet length too long|unexpected TLS packet",
        RemoteUnreachable,
        "The remote host does not speak TLS at this port.",
        "Check the URL: http:// instead of https://, or another port.",
    ),
    Failure(
        r"SSL certificate|server certificate verification failed|SSL peer certificate|error setting certificate",
        RemoteUnreachable,
        "The remote host's certificate cannot be verified.",
        "Behind a company's proxy, or for a host of your own, name its certificates in git's http.sslCAInfo.",
    ),
    Failure(
        r"SSL_connect|SSL_ERROR|gnutls_handshake|SSL routines|TLS connection",
        RemoteUnreachable,
        "No secure connection to the remote host could be made.",
        "Try again; a proxy, or an old TLS library on one of the two sides, may be in the way.",
    ),
)

LOST = (
    Failure(
        r"(?:requested URL returned error:|RPC failed; HTTP|HTTP code) ?(?P<name>5\d\d)",
        RemoteBroken,
        "The remote host reports an internal error (HTTP {name}).",
        "Try again in a while; check the status page of the host.",
    ),
    Failure(
        r"early EOF|unexpected disconnect|RPC failed|the remote end hung up|Connection (?:was )?reset|Connection closed"
        r"|Empty reply|Broken pipe|kex_exchange_identification|bad pack header|^fatal: expected (?:flush|'\w+'$)|git-http-push failed",
        RemoteUnreachable,
        "The connection to the remote was lost.",
        "Try again. No local data was lost.",
    ),
)

FAILURES = (*_ADDRESSES, *_SSH, *_ACCOUNTS, *_TLS)
