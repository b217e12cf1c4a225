"""An RDF or a package becomes an entry with its files, in the manner of the manifest; a hostile one is refused."""

from __future__ import annotations

import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from partner_tui.compliance.checker import Checker
from partner_tui.errors import GitError, PartnerTuiError, SourceError
from partner_tui.repository.repository import Repository
from partner_tui.workspace.contributions.by_hand.adding import bring_addition, plan_addition, with_place
from partner_tui.workspace.contributions.by_hand.resources import Resource, read_resource
from partner_tui.workspace.contributions.by_hand.sent import recognise
from partner_tui.workspace.contributions.contributions import Contributions
from tests.real_git import git, write
from tests.repository.conftest import own_git_configuration  # noqa: F401
from tests.sent_files import FILES, RDF, archive, link, package
from tests.workspace.contributions.by_hand.conftest import Stand


def read(path: Path) -> Resource:
    return read_resource(recognise(str(path)))


def bring(repository: Repository, path: Path) -> str:
    target = git("rev-parse", "HEAD", cwd=repository.root)
    return bring_addition(repository, plan_addition(repository, read(path), target))


def shown(repository: Repository, what: str) -> str:
    return git("show", what, cwd=repository.root)


@pytest.mark.parametrize("top", ["", "ferns/"])
def test_a_package_becomes_an_entry_of_its_own_fields_where_the_others_are(
    repository: Repository, tmp_path: Path, stand: Stand, top: str
) -> None:
    status, refs, index = stand()
    name = bring(
        repository, package(tmp_path / "ferns.zip", {**FILES, "__MACOSX/x": b"", ".DS_Store": b""}, top)
    )
    assert name == "contributed/fern-fronds"
    now = stand()
    assert (now[0], now[2]) == (status, index)
    assert [line for line in now[1].splitlines() if name not in line] == refs.splitlines()
    changed = git("diff", "--name-only", f"HEAD..{name}", cwd=repository.root).split()
    folder = "datasets/fern-fronds"
    assert changed == ["collection.yaml", f"{folder}/cover.png", f"{folder}/docs/readme.md"]
    removed = git("diff", "--numstat", f"HEAD..{name}", "--", "collection.yaml", cwd=repository.root).split()[
        1
    ]
    assert removed == "0"
    with Checker() as checker:
        known = Contributions(repository.root, checker, repository=repository)
        review = known.review(known.find(name))
    ((change, found),) = review.entries
    assert (change.name, change.change) == ("fern-fronds", "added")
    assert change.after is not None and change.after.own["covers"] == [f"{folder}/cover.png"]
    assert not [one.message for one in found.new if "not in this repository" in one.message]


def test_an_rdf_brings_only_the_files_beside_it_that_it_names(repository: Repository, tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    secret = write(tmp_path, "secret.txt", "mine\n")
    hostile = "attachments: [../secret.txt, .ssh/id_rsa, /etc/passwd, link.txt, 'pipe', unnamed/../x.txt]\n"
    file = write(folder, "ferns.yaml", RDF + hostile)
    for name, content in {**FILES, ".ssh/id_rsa": b"key", "unnamed.txt": b"", "x.txt": b"x"}.items():
        write(folder, name, content)
    (folder / "link.txt").symlink_to(secret)
    os.mkfifo(folder / "pipe")
    resource = read(file)
    assert sorted(resource.sizes) == ["cover.png", "docs/readme.md", "x.txt"]
    assert resource.left_out == {"link.txt": "a symbolic link"}
    name = bring(repository, file)
    assert "secret.txt" not in git("diff", "--name-only", f"HEAD..{name}", cwd=repository.root)


def test_a_manifest_that_names_rdfs_gets_one_more_with_its_bytes(
    repository: Repository, tmp_path: Path
) -> None:
    text = "id: x\nconfig:\n  splash_title: X\ncollection:\n"
    for id in ("one", "two"):
        text += f"  - id: {id}\n    rdf_source: ./resources/{id}/rdf.yaml\n"
        write(repository.root, f"resources/{id}/rdf.yaml", RDF)
    write(repository.root, "collection.yaml", text)
    git("add", "--all", cwd=repository.root)
    git("commit", "--quiet", "-m", "Name RDFs", cwd=repository.root)
    name = bring(repository, package(tmp_path / "ferns.zip", FILES))
    folder = "resources/fern-fronds"
    assert shown(repository, f"{name}:{folder}/rdf.yaml") + "\n" == RDF
    assert shown(repository, f"{name}:collection.yaml").endswith(
        f"  - id: fern-fronds\n    rdf_source: ./{folder}/rdf.yaml"
    )
    with pytest.raises(GitError, match="already"):
        target = git("rev-parse", name, cwd=repository.root)
        plan = plan_addition(repository, read(tmp_path / "ferns.zip"), target)
        bring_addition(repository, replace(plan, new=replace(plan.new, id="fern-fronds")))


def _encrypted() -> bytes:
    data = bytearray(archive(("x", b"x")))
    place = data.rindex(b"PK\x01\x02")
    data[place + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (archive(("../outside", b"")), "not a path within it"),
        (archive(("/etc/x", b"")), "not a path within it"),
        (archive(("C:/x", b"")), "not a path within it"),
        (archive(("a\\..\\x", b"")), "not a path within it"),
        (archive(("\x1b[31mred", b"")), "not a path within it"),
        (archive((link(), b"/etc/passwd")), "a link"),
        (_encrypted(), "encrypted"),
        (archive(("x", b""), ("x", b"")), "twice"),
        (archive(("x", b""), ("X", b"")), "twice"),
        (archive(*((f"{number}", b"") for number in range(2_001))), "more than 2000"),
        (archive(("bomb", bytes(40_000_000))), "would become"),
        (archive(("x", os.urandom(5_000)))[:3_000], "damaged"),
        (b"PK\x03\x04", "damaged"),
    ],
)
def test_a_hostile_package_is_refused_before_anything_is_written(
    repository: Repository, tmp_path: Path, stand: Stand, content: bytes, words: str
) -> None:
    before = stand()
    with pytest.raises(SourceError) as caught:
        bring(repository, Path(write(tmp_path, "bad.zip", content)))
    assert words in caught.value.message and "\x1b" not in caught.value.message
    assert stand() == before and not (tmp_path / "outside").exists()


def test_a_zip_within_a_package_stays_a_file(repository: Repository, tmp_path: Path) -> None:
    inner = archive(("bomb", bytes(1_000_000)))
    name = bring(repository, package(tmp_path / "x.zip", {"weights.zip": inner}))
    files = git("diff", "--name-only", f"HEAD..{name}", cwd=repository.root).split()
    assert files == ["collection.yaml", "datasets/fern-fronds/weights.zip"]


def test_a_file_that_lies_about_its_size_is_damaged(repository: Repository, tmp_path: Path) -> None:
    data = bytearray(archive(("x", b"x" * 1000)))
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = (10).to_bytes(4, "little")
    with pytest.raises(SourceError, match="damaged"):
        bring(repository, Path(write(tmp_path, "bad.zip", bytes(data))))


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(
            f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
            for before, name in zip("abcdefghi", "bcdefghij", strict=True)
        ),
        "[" * 100_000,
        "just words\n",
        "config:\n  splash_title: x\ncollection: []\n",
        "name: \x00\n",
    ],
    ids=["bomb", "deep", "words", "manifest", "binary"],
)
def test_a_hostile_rdf_is_refused(repository: Repository, tmp_path: Path, text: str) -> None:
    with pytest.raises(PartnerTuiError):
        bring(repository, write(tmp_path, "bad.yaml", text))


@pytest.mark.slow
def test_a_description_of_ten_megabytes_ends_in_words_or_an_entry(
    repository: Repository, tmp_path: Path
) -> None:
    file = write(tmp_path, "long.yaml", RDF.replace("Fronds of ferns", "x" * 10_000_000))
    try:
        assert bring(repository, file).startswith("contributed/")
    except PartnerTuiError as error:
        assert error.message


def test_what_is_no_plain_file_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.zip")
    with pytest.raises(SourceError, match="not a regular file"):
        recognise(str(tmp_path / "pipe.zip"))


def test_a_file_that_changes_or_goes_between_is_told(repository: Repository, tmp_path: Path) -> None:
    file = package(tmp_path / "ferns.zip", FILES)
    plan = plan_addition(repository, read(file), git("rev-parse", "HEAD", cwd=repository.root))
    package(file, {**FILES, "more": b"x" * 500})
    with pytest.raises(SourceError, match="changed"):
        bring_addition(repository, plan)
    file.unlink()
    with pytest.raises(SourceError, match="cannot be read"):
        bring_addition(repository, plan)


def test_what_of_a_package_does_not_come_along_is_told(tmp_path: Path) -> None:
    file = package(tmp_path / "ferns.zip", {"cover.png": b"x", ".env": b"x", "a:b": b"x"}, top="ferns/")
    with zipfile.ZipFile(file, "a") as more:
        more.writestr("other.txt", "x")
        more.writestr("__MACOSX/ferns/._rdf.yaml", "x")
        more.writestr("__MACOSX/ferns/._cover.png", "x")
    found = read(file)
    assert list(found.sizes) == ["cover.png"]
    assert {name: why.split(",")[0] for name, why in found.left_out.items()} == {
        ".env": "hidden",
        "a:b": "hidden",
        "other.txt": "not in the folder of the RDF",
        "__MACOSX/": "what macOS adds to an archive",
    }


def test_in_another_folder_other_files_are_left_out(repository: Repository, tmp_path: Path) -> None:
    write(repository.root, ".gitattributes", "large/** filter=lfs\n")
    git("add", ".gitattributes", cwd=repository.root)
    git("commit", "--quiet", "-m", "LFS", cwd=repository.root)
    target = git("rev-parse", "HEAD", cwd=repository.root)
    plan = plan_addition(repository, read(package(tmp_path / "ferns.zip", FILES)), target)
    assert not plan.left_out
    moved = with_place(repository, plan, replace(plan.new, folder="large/ferns"))
    assert set(moved.left_out) == set(FILES) and moved.objection() is None
    assert not with_place(repository, moved, plan.new).left_out


def test_a_file_that_the_repository_keeps_in_lfs_is_left_out_and_said(
    repository: Repository, tmp_path: Path
) -> None:
    write(repository.root, ".gitattributes", "*.png filter=lfs diff=lfs merge=lfs -text\n")
    git("add", ".gitattributes", cwd=repository.root)
    git("commit", "--quiet", "-m", "LFS", cwd=repository.root)
    target = git("rev-parse", "HEAD", cwd=repository.root)
    plan = plan_addition(repository, read(package(tmp_path / "ferns.zip", FILES)), target)
    assert list(plan.left_out) == ["cover.png"] and "LFS" in plan.left_out["cover.png"]
    name = bring_addition(repository, plan)
    assert "cover.png" not in git("diff", "--name-only", f"HEAD..{name}", cwd=repository.root)
