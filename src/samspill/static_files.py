"""Names for static files that change with the contents, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class NamedByContents(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it has no types
    """Before `samspill serve` has collected the files, as in tests, they have their plain names."""

    manifest_strict = False
    support_js_module_import_aggregation = True
    keep_only_hashed_files = False

    def stored_name(self, name: str) -> str:
        known: str = self.hashed_files.get(self.hash_key(self.clean_name(name)), name)
        return known
