"""Projects that use an installed oms-core as a user's would: ffi-tests/consumer."""

from harness import OUT, ROOT, Fail, Result, Skip, have

PREFIX = OUT / "prefix"
SOURCES = ROOT / "ffi-tests" / "consumer"
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]


def installed(log):
    """Leaves a fresh installation in PREFIX."""
    log.run(["rm", "-rf", PREFIX])
    log.run(["make", "--no-print-directory", "install", f"PREFIX={PREFIX}"])


def says_version(log, exe, env=None):
    """Runs a consumer: it must say which library it has found."""
    said = log.run([exe], env=env, timeout=60).stdout
    if not said.startswith("oms "):
        raise Fail(f"{exe.name} says {said!r}")


def pkg_config(log):
    """Found by pkg-config: C and C++, the shared library and the static one."""
    if not have("pkg-config"):
        raise Skip("pkg-config is not installed")
    installed(log)
    env = {"PKG_CONFIG_PATH": str(PREFIX / "lib" / "pkgconfig")}

    def asked(*what):
        return log.run(["pkg-config", *what, "oms"], env=env).stdout.split()

    log.run(["pkg-config", "--exists", "oms >= 0.1"], env=env)
    library = f"{asked('--variable=libdir')[0]}/liboms.a"
    ways = {"shared": asked("--libs"), "static": [library]}
    for compiler, std, source in (("gcc", "c99", "consumer.c"), ("g++", "c++17", "consumer.cpp")):
        for way, libs in ways.items():
            exe = OUT / f"consumer-{compiler}-{way}"
            log.run([compiler, f"-std={std}", *WARNINGS, *asked("--cflags"), SOURCES / source,
                     *libs, "-o", exe])
            says_version(log, exe, {"LD_LIBRARY_PATH": str(PREFIX / "lib")})
    return Result(4, "C and C++, shared and static")


def cmake(log):
    """Found by find_package(oms), also when the folder was moved; another version is refused."""
    if not have("cmake"):
        raise Skip("cmake is not installed")
    installed(log)
    moved = OUT / "moved prefix"
    log.run(["rm", "-rf", moved])
    log.run(["cp", "-a", PREFIX, moved])
    log.run(["rm", "-rf", PREFIX])
    build = OUT / "consumer-cmake"
    log.run(["rm", "-rf", build])
    flags = f"-DCMAKE_CXX_FLAGS={' '.join(WARNINGS)}"
    log.run(["cmake", "-S", SOURCES, "-B", build, f"-DCMAKE_PREFIX_PATH={moved}", flags])
    log.run(["cmake", "--build", build])
    names = [f"{language}-{kind}" for language in ("c", "cpp") for kind in ("shared", "static")]
    for name in names:
        says_version(log, build / name)
    if "liboms.so.0]" not in log.run(["readelf", "-d", build / "cpp-shared"]).stdout:
        raise Fail("cpp-shared does not ask for liboms.so.0")
    if "liboms" in log.run(["readelf", "-d", build / "cpp-static"]).stdout:
        raise Fail("cpp-static asks for a shared liboms")
    for version, fits in (("0.1.0", True), ("0.1", True), ("0.2", False), ("0.1.9", False),
                          ("1.0", False)):
        asks_for(log, moved, version, fits)
    log.run(["rm", "-rf", moved, build])
    return Result(len(names) + 5, "4 programs, 5 versions asked for")


def asks_for(log, prefix, version, fits):
    """Whether find_package takes the installed version for another."""
    project = OUT / "consumer-version"
    project.mkdir(exist_ok=True)
    (project / "CMakeLists.txt").write_text(
        "cmake_minimum_required(VERSION 3.13)\nproject(asks LANGUAGES C)\n"
        f"find_package(oms {version} REQUIRED CONFIG)\n"
    )
    build = project / "build"
    log.run(["rm", "-rf", build])
    command = ["cmake", "-S", project, "-B", build, f"-DCMAKE_PREFIX_PATH={prefix}"]
    if (log.run(command, check=False).returncode == 0) != fits:
        raise Fail(f"find_package(oms {version}): {'refused' if fits else 'taken'}")
    log.run(["rm", "-rf", project])
