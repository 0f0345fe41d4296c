# Runs once before all tests, also before those of a single file.

setup_suite() {
    # python3 itself: the shim of a version manager takes longer to start than most tests run.
    PATH=$(python3 -c 'import os, sys; print(os.path.dirname(os.path.realpath(sys.executable)))'):$PATH
    export PATH
}
