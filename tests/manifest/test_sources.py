"""What a reference to an RDF names, one row a spelling: where it is, and where it would be downloaded from."""

from __future__ import annotations

import pytest

from partner_tui.manifest.sources import addresses, is_remote, missing
from tests.manifest.clone import Files

FILES = Files({"m/rdf.yaml": "name: x\n"})
RECORD = "https://zenodo.org/api/records/1234567/files/rdf.yaml/content"
RAW = "https://raw.githubusercontent.com"


@pytest.mark.parametrize(
    ("reference", "first"),
    [
        ("10.5281/zenodo.1234567", RECORD),
        (" 10.5281/ZENODO.1234567\n", RECORD),
        ("doi:10.5281/zenodo.1234567", RECORD),
        ("DOI: 10.5281/zenodo.1234567", RECORD),
        ("https://doi.org/10.5281/zenodo.1234567", RECORD),
        ("http://dx.doi.org/10.5281/zenodo.1234567", RECORD),
        ("10.5281/zenodo.1234567/7654321", RECORD),
        ("zenodo:1234567", RECORD),
        ("zenodo.1234567", RECORD),
        ("https://zenodo.org/record/1234567", RECORD),
        ("https://zenodo.org/records/1234567/#files", RECORD),
        ("https://zenodo.org/record/1234567?x=1", RECORD),
        ("https://zenodo.org/record/1/files/rdf.yaml", "https://zenodo.org/record/1/files/rdf.yaml"),
        ("https://example.org/rdf.yaml", "https://example.org/rdf.yaml"),
        ("https://github.com/o/r/blob/main/rdf.yaml", f"{RAW}/o/r/main/rdf.yaml"),
        ("10.1038/s41586", None),
        ("https://doi.org/10.1038/s41586", None),
        (f"{RAW}/owner/name/{'a' * 40}/gone.yaml", f"{RAW}/owner/name/{'a' * 40}/gone.yaml"),
    ],
)
def test_what_is_remote_is_missing_as_remote_whatever_its_spelling(reference: str, first: str | None) -> None:
    assert is_remote(reference)
    assert next(iter(addresses(reference)), None) == first
    found = missing(reference, FILES)
    assert (found.reference, found.why) == (reference.strip(), "remote")


@pytest.mark.parametrize(
    ("reference", "problem"),
    [
        ("gone/rdf.yaml", "gone/rdf.yaml is not in this repository"),
        ("./gone.yaml", "gone.yaml is not in this repository"),
        ("zenodo", "zenodo is not in this repository"),
        ("10.5/x.yaml", "10.5/x.yaml is not in this repository"),
        ("affable-shark", "affable-shark is not in this repository"),
        ("../up.yaml", "../up.yaml does not name a file of this repository"),
        ("/etc/rdf.yaml", "/etc/rdf.yaml does not name a file of this repository"),
        ("C:\\rdf.yaml", "C:\\rdf.yaml does not name a file of this repository"),
        ("file:rdf.yaml", "file:rdf.yaml does not name a file of this repository"),
        (f"{RAW}/owner/name/main/gone.yaml", "gone.yaml is not in this repository"),
        ("s3://b/rdf.yaml", "s3://b/rdf.yaml cannot be downloaded: it is not an https URL"),
        ("FILE:///etc/passwd", "FILE:///etc/passwd cannot be downloaded: it is not an https URL"),
    ],
)
def test_what_is_local_and_not_there_is_absent(reference: str, problem: str) -> None:
    found = missing(reference, FILES)
    assert (found.why, found.problem) == ("absent", problem)
