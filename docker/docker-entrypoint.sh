#!/bin/sh
# The entry point of the image variant that takes LocalStack's place. Arguments are flags of `cumulite serve`.
set -eu
exec /usr/local/bin/cumulite serve "$@"
