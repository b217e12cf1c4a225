"""The rules that the spec library checks in code of its own, one row a rule: what its message looks like, and our words.

Source: every `raise ValueError`, predicate and warning in bioimageio.spec's model v0_4 and v0_5, generic v0_2 and
v0_3, and the types they are made of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"(-?[\d.]+(?:e-?\d+)?)"
_NAME = r"'?([^'{}\s]*)'?"


@dataclass(frozen=True, slots=True)
class Rule:
    """How a rule of the library is told.

    Attributes:
        text: What its message looks like; groups are values of the entry.
        message: With `{label}` for the path, `{value}` for what stands there, and `{0}` for the first group.
    """

    text: re.Pattern[str]
    message: str
    hint: str = ""
    fix: str | None = None


def _rule(text: str, message: str, hint: str = "", fix: str | None = None) -> Rule:
    return Rule(re.compile(text, re.DOTALL), message, hint, fix)


RULES: tuple[Rule, ...] = (
    # sizes and axes
    _rule(rf"expected `min` < `max`, but got {_NUMBER}, {_NUMBER}", "{label}: max {1} is not above min {0}"),
    _rule(
        "may not be a `DataDependentSize`|may not be sized by a `SizeReference` itself",
        "{label} refers to an axis that has no size of its own",
        "Refer to an axis with a number or {min, step}",
    ),
    _rule(
        r"(?:Invalid tensor axis reference|Unknown tensor).*?tensor_id='([^']*)' axis_id='([^']*)'",
        "{place}: there is no axis {1} of a tensor {0} to take the size from",
        "Name a tensor and one of its axes that has a size of its own",
    ),
    _rule(
        "Invalid tensor axis reference",
        "{place} refers to an axis that does not exist",
        "Name a tensor and its axis",
    ),
    _rule(
        "Self-referencing not allowed",
        "{place}: the size of an axis refers to the axis itself",
        "Give it a size",
    ),
    _rule(
        "A channel axis' size may only reference|has to specify fixed size",
        "{label}: a channel axis takes its size from something other than the channels of another tensor",
        "Refer to a channel axis that names its channels",
    ),
    _rule(
        rf"need to match, but {_NAME} != {_NAME}\.?|to have the same `unit`, but ([^!\s]*)!=(\S*)",
        "{label}: an axis and the one that it takes its size from have different units: {0} and {1}",
        "Give both the same unit",
    ),
    _rule(
        rf"Invalid reference axis {_NAME} for (\S+)",
        "{label}: the size of {1} refers to the batch axis {0}",
        "Refer to an axis of another type",
    ),
    _rule(
        rf"axis (\S+) with minimum size {_NUMBER} is too small for halo {_NUMBER}",
        "{label}: axis {0} can be {1} long, which leaves nothing of it inside a halo of {2}",
        "Use a larger minimum size or a smaller halo",
        "minimal-size",
    ),
    _rule(
        r"Inferred halo for (\S+) is not an integer",
        "{label}: the halo is not a whole number of steps of {0}",
        "Use a halo that fits the scales of both axes",
    ),
    _rule(
        r"Only one batch axis \(per tensor\) allowed",
        "{label}: there are several batch axes",
        "Keep one of them",
    ),
    _rule(r"Duplicate axis ids: \{(.*?)\}", "{label}: axes have the same id {0}", "Give each another id"),
    _rule(
        r"Duplicate tensor ids: \{(.*?)\}",
        "{label}: tensors have the same id {0}",
        "Give each tensor another id",
    ),
    _rule(
        "Duplicate tensor descriptor names",
        "{label}: tensors have the same name",
        "Give each tensor another name",
    ),
    _rule(
        r"Predicate '_is_not_batch' failed",
        "{label} {value} is the name of batch axes alone",
        "Use another name for this axis",
        "axis-names",
    ),
    _rule(r"Predicate '_is_batch' failed", "{label} {value} is not the name of a batch axis", "Use batch"),
    _rule(
        rf"Got tensor data descriptions for {_NUMBER} channels, but .* has size {_NUMBER}",
        "{label}: data describes {0} channels, and there are {1}",
        "Describe each channel once, or all of them together",
    ),
    _rule(
        "Tensor data descriptions per channel need to agree",
        "{label}: the channels have different data types",
        "Use one type for all channels",
    ),
    _rule(
        rf"data type {_NAME} incompatible with values (.*)",
        "{label}: values {1} are not of the type {0}",
        "Use the type of the values",
    ),
    # tensors of format 0.4
    _rule("`min` and `step` required to have the same length", "{label}: min and step differ in length", ""),
    _rule(r"scale .* has to have same length as offset", "{label}: scale and offset differ in length", ""),
    _rule(
        "`offset` must not be zero if `scale` is none/zero",
        "{label}: an axis without a scale has no offset either",
        "Half its size is the offset of an axis that is new",
    ),
    _rule(
        "Input shape step has to be zero in the batch dimension|Input shape has to be 1 in the batch dimension",
        "{label}: the batch axis is not 1 long",
        "Use min 1 and step 0 for the batch axis",
    ),
    _rule(
        "halo .* has to have same length as shape",
        "{label}: halo and shape differ in length",
        "One for each axis",
    ),
    _rule(
        rf"Referenced tensor {_NAME} with (\d+) dimensions does not match output tensor {_NAME} with (\d+)",
        "{label}: the output {2} has {3} axes, and the input {0} that it refers to has {1}",
        "Use one scale and offset for each axis of the input",
    ),
    _rule(
        r"Minimal shape (\[.*?\]) of output (.*?) is too small",
        "{label}: the output {1} can be as small as {0}, which leaves nothing inside its halo",
        "Use a larger minimum size or a smaller halo",
        "minimal-size",
    ),
    _rule(
        "invalid self reference for preprocessing of tensor (.*)",
        "{label}: the preprocessing of {0} refers to {0} itself",
        "Name another input, or leave reference_tensor out",
    ),
    # processing steps
    _rule(
        "axes` needs to be subset of `?axes",
        "{label}: a processing step names axes that the tensor does not have",
        "Use the tensor's own axes",
    ),
    _rule(
        r"Expected .* to be a (?:sequence|string)|expected `axes` sequence",
        "{label}: the axes of a processing step are not a list",
        "Write the axes as a list",
    ),
    _rule(
        r"Redun\w+ linear scaling",
        "{label}: gain 1 and offset 0 change nothing",
        "Remove the step, or give it another gain or offset",
    ),
    _rule(
        rf"Size of `(\w+)` \({_NUMBER}\) and `(\w+)` \({_NUMBER}\) must match",
        "{label}: {0} has {1} values and {2} has {3}",
        "Use one for each channel",
    ),
    _rule("Do not specify an `axis` for scalar", "{label}: axis is given with a single value", "Remove axis"),
    _rule(
        r"`mean` and `std` are required for `mode: fixed`",
        "{label}: mode fixed needs mean and std",
        "Add both, or use another mode",
    ),
    _rule(
        r"`mean` and `std` not allowed for `mode: (\w+)`",
        "{label}: mean and std are only for mode fixed, and the mode is {0}",
        "Remove both, or use mode fixed",
    ),
    _rule(
        rf"min_percentile {_NUMBER} >= max_percentile {_NUMBER}",
        "{label}: min_percentile {0} is not below max_percentile {1}",
    ),
    _rule(
        r"Only one of `(\w+)` and `(\w+)` may be set",
        "{label}: {0} and {1} exclude each other",
        "Keep one of them",
    ),
    _rule(
        "At least one of `min`",
        "{label}: no limit is given",
        "Use min, min_percentile, max or max_percentile",
    ),
    _rule("If `axes` is set, at least one of", "{label}: axes is only for percentiles", "Add a percentile"),
    # weights
    _rule(
        "Weights entry can't be it's own parent",
        "{label}: parent names these weights themselves",
        "Remove it",
    ),
    _rule("Missing weights entry", "{label}: there are no weights", "Add the weights in one format or more"),
    _rule(
        r"`weights\.(\w+)\.parent=(\S+) not in specified",
        "{label}: the parent {1} of {0} is not among the weights",
        "Name a format that the weights have",
    ),
    _rule(
        rf"Exactly one weights entry may not specify the `parent` field \(got {_NUMBER}",
        "{label}: {0} of the formats have no parent; it should be one",
        "The one without a parent is the original; the others were converted from it",
    ),
    _rule(
        "must be different from ONNX `source` file name",
        "{label}: external_data has the file name of source",
        "Use another file name",
    ),
    _rule(
        "Missing required `architecture_sha256`",
        "{label}: architecture is in a file, and architecture_sha256 is missing",
        "Add the SHA-256 of that file",
    ),
    _rule(
        "Got `architecture_sha256` for architecture that does not have",
        "{label}: architecture_sha256 is only for an architecture in a file",
        "Remove it",
    ),
    # names, texts and files
    _rule("is not restricted to", "{label} {value} has characters that are not allowed{odd}", "Remove them"),
    _rule(
        r"is not a valid \(Python\) identifier",
        "{label} {value} is not a name of letters, digits and _",
        "Begin with a letter and use no other characters",
    ),
    _rule(
        "is a Python keyword", "{label} {value} is a word of Python, which no name may be", "Use another name"
    ),
    _rule(r"Predicate '(?:str\.)?islower' failed", "{label} {value} has uppercase letters", "Use lowercase"),
    _rule("Predicate '_has_no_slash' failed", "{label} has a slash", "Leave it out"),
    _rule(r"Predicate 'ResourceId", "{label} {value} starts or ends with a slash", "Remove the slash"),
    _rule("Entries are not unique", "{label} has a value twice", "Keep one of them"),
    _rule(
        "not a string or datetime|isoformat|must be in|out of range|Expected \\d+ digits|ISO string",
        "{label} {value} is not a date and time",
        "",
    ),
    _rule("ORCID", "{label} {value} is not an ORCID iD", "Four groups of four digits: 0000-0001-2345-6789"),
    _rule("email", "{label} {value} is not an email address", "Correct it or remove the line"),
    _rule("Invalid version", "{label} {value} is not a version", "Write it as numbers with dots: 1.2.0"),
    _rule("GitHub user", "{label} {value} is not a user of GitHub", "Correct it or remove the line"),
    _rule("is an absolute path", "{label} is an absolute path", "Use a path relative to the RDF, or a URL"),
    _rule(
        "looks like a(?:n http)? url",
        "{label} {value} is not a complete URL",
        "Write it in full, with https://",
    ),
    _rule(
        "not a valid file path|does not point to an existing", "{label} {value} is not a file path or URL", ""
    ),
    _rule(
        r"Expected (?:suffix|a suffix from) (.*?), but got",
        "{label} is not a file of the type {0}",
        "Use a file of that type",
    ),
    _rule(
        "not allowed here as its filename is reserved",
        "{label} has the file name of an RDF",
        "Rename the file",
    ),
    _rule(
        "Either 'doi' or 'url' is required",
        "{label} has neither doi nor url",
        "Add one of them",
        "cite-reference",
    ),
    _rule("File name too long", "A file name is too long to be one", "Shorten it"),
    # the resource as a whole
    _rule(
        "Use the (.*?) description instead",
        "{label} {value} has a description of its own",
        "Use the fields of its type",
    ),
    _rule(
        "may not reference itself as parent",
        "parent names this model itself",
        "Remove it or name another model",
    ),
    _rule(
        r"Missing tags from bioimage\.io categories",
        "{label} lacks tags of the site's categories",
        "See the tag list",
    ),
    _rule("not a valid YAML value", "{label} has a value that YAML cannot express", "Write it as text"),
    _rule(
        r"output_ids contains '(.*?)', which is not",
        "{label}: output_ids names {0}, which is not an output",
        "Name outputs by their ids",
    ),
    _rule(
        r"output_ids contains '(.*?)', which is a discrete",
        "{label}: the output {0} is discrete and allows no tolerance",
        "Use 0 for it",
    ),
    _rule(
        "`(\\w+)` and `(\\w+)` must have the same length",
        "{label}: {0} and {1} differ in length",
        "They have to correspond one to one",
    ),
    _rule(
        "`results` must have the same number of (rows|columns)",
        "{label}: results has another number of {0} than described",
        "One row for each metric, one column for each factor",
    ),
    _rule(
        "(?i)unknown run mode", "{label} {value} is known to few programs", "Leave run_mode out if you can"
    ),
    _rule("(?i)unknown license", "{value} is not an SPDX license id", "Use an id such as CC-BY-4.0 or MIT"),
    _rule(
        "future format_version", "{label} declares a later format than this version of the library knows", ""
    ),
    _rule(r"(?:Longer|longer) than (\d+) characters", "{label} is longer than {0} characters", "Shorten it"),
    _rule(r"shorter than (\d+) characters", "{label} is shorter than {0} characters", "Use a longer one"),
)
