"""Tags of models that the site filters by, by their category (domain.md, section 4)."""

from __future__ import annotations

from collections.abc import Mapping

TAG_CATEGORIES: Mapping[str, tuple[str, ...]] = {
    name: tuple(tags.split())
    for name, tags in {
        "modality": "electron-microscopy cryo-electron-microscopy fluorescence-light-microscopy"
        " transmission-light-microscopy super-resolution-microscopy x-ray-microscopy force-microscopy"
        " high-content-imaging whole-slide-imaging other",
        "dims": "2d 3d 2d-t 3d-t",
        "content": "cells nuclei extracellular-vesicles tissue plant mitochondria vasculature cell-membrane brain"
        " whole-organism",
        "framework": "tensorflow pytorch tensorflow.js",
        "software": "ilastik imagej fiji imjoy deepimagej n2v napari",
        "network": "unet densenet resnet inception shufflenet",
        "task": "semantic-segmentation instance-segmentation object-detection image-classification denoising"
        " image-restoration image-reconstruction in-silico-labeling",
    }.items()
}
"""Those of the spec's ``tag_categories.json``, in its order, and the site's own ``napari``."""

CATEGORY_OF: Mapping[str, str] = {tag: name for name, tags in TAG_CATEGORIES.items() for tag in tags}
