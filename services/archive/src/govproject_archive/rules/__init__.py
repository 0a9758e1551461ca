"""The service's table of contents: one module an article, in order."""

from govproject_archive.rules import (
    article_18_process_files,
    article_35_responsibility,
    article_36_resources,
    article_37_in_step,
    article_39_quality,
    article_40_file_classes,
    article_41_handover,
    article_42_safekeeping,
)

MODULES = (
    article_18_process_files,
    article_35_responsibility,
    article_36_resources,
    article_37_in_step,
    article_39_quality,
    article_40_file_classes,
    article_41_handover,
    article_42_safekeeping,
)
"""What the gate archive asks."""
