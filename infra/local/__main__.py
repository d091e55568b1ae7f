"""`python -m infra.local`: checks that the stack can start here, then starts it."""

import sys

if sys.version_info[:2] != (3, 13):
    sys.stderr.write("janus: needs Python 3.13, and this is {}.{}\n".format(*sys.version_info))
    sys.exit(2)

from infra.local.installed import missing_package

if package := missing_package():
    sys.stderr.write(f"janus: the package {package} is missing; `make run` installs it\n")
    sys.exit(2)

from infra.local.run import main

sys.exit(main(sys.argv[1:]))
