"""Settings: ``base`` is the production-safe core; ``dev``, ``test`` and ``production`` override a little."""
