"""Check the Python version and the installed packages, then start the local stack: `python -m infra.local`."""

import sys

if sys.version_info[:2] != (3, 13):
    sys.stderr.write("janus: Python 3.13 is required, but this is Python {}.{}.\n".format(*sys.version_info))
    sys.exit(2)

from infra.local.installed import missing_package

if package := missing_package():
    sys.stderr.write(f"janus: The package {package} is not installed; `make run` installs it.\n")
    sys.exit(2)

from infra.local.run import main

sys.exit(main(sys.argv[1:]))
