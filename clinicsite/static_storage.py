"""How static files are stored in production: under names that hold a hash of what is in them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Also names the modules that our own scripts import by their hash.

    Else a browser would go on with an old module under a new script. Django can do it for all scripts, but then stops
    at words in comments of other packages that look like imports; ours stand in ``js/``.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (
            "js/*.js",
            (
                (r"""(?P<matched>\bfrom "(?P<url>\.{1,2}/[^"]+)")""", 'from "%(url)s"'),
                (r"""(?P<matched>\bimport\("(?P<url>\.{1,2}/[^"]+)"\))""", 'import("%(url)s")'),
            ),
        ),
    )
