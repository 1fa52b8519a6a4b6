# SPDX-License-Identifier: Apache-2.0
# One interface target with the warnings, sanitizers and coverage of the chosen preset.
option(NUNCIO_ASAN "Address and undefined-behaviour sanitizers" OFF)
option(NUNCIO_TSAN "Thread sanitizer" OFF)
option(NUNCIO_FUZZ "Build libFuzzer targets (clang)" OFF)
option(NUNCIO_COVERAGE "Measure branch coverage" OFF)

add_library(nuncio_compile INTERFACE)
target_compile_options(nuncio_compile INTERFACE -fvisibility=hidden -ffp-contract=off)
target_compile_options(nuncio_compile INTERFACE
    -Wall -Wextra -Werror -Wshadow -Wvla -Wpointer-arith -Wconversion -Wsign-conversion
    -Wcast-qual -Wwrite-strings -Wundef -Wswitch-enum -Wformat=2)
target_compile_options(nuncio_compile INTERFACE
    $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes> $<$<COMPILE_LANGUAGE:C>:-Wmissing-prototypes>)
# POSIX and GNU names (fsync, syncfs, getopt_long) are asked for once, here.
target_compile_definitions(nuncio_compile INTERFACE _GNU_SOURCE)
if(CMAKE_C_COMPILER_ID MATCHES Clang)
    target_compile_options(nuncio_compile INTERFACE -Wdocumentation -Wno-documentation-unknown-command)
endif()
if(CMAKE_BUILD_TYPE STREQUAL Release)
    target_compile_definitions(nuncio_compile INTERFACE _FORTIFY_SOURCE=2)
    target_compile_options(nuncio_compile INTERFACE -fstack-protector-strong)
endif()
if(NUNCIO_ASAN OR NUNCIO_FUZZ)
    target_compile_options(nuncio_compile INTERFACE
        -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(nuncio_compile INTERFACE -fsanitize=address,undefined)
endif()
if(NUNCIO_FUZZ)
    target_compile_options(nuncio_compile INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(NUNCIO_ASAN OR NUNCIO_FUZZ OR NUNCIO_TSAN) # they watch the ends of malloc's blocks alone
    target_compile_definitions(nuncio_compile INTERFACE NN_SANITIZED)
endif()
if(NUNCIO_TSAN) # and of each kernel the body that every processor runs: the other builds take the fastest
    target_compile_definitions(nuncio_compile INTERFACE NN_CPU_PORTABLE)
    target_compile_options(nuncio_compile INTERFACE -fsanitize=thread -fno-omit-frame-pointer)
    target_link_options(nuncio_compile INTERFACE -fsanitize=thread)
endif()
if(NUNCIO_TESTS AND NOT NUNCIO_TSAN) # tests choose the processor
    target_compile_definitions(nuncio_compile INTERFACE NN_CPU_CHOSEN)
endif()
if(NUNCIO_COVERAGE) # of what is shipped: an assertion's failing side is no branch of it
    target_compile_definitions(nuncio_compile INTERFACE NDEBUG)
    # Without optimisation gcc takes what a loop has set for unset, and its vector functions are macros whose casts it warns of.
    target_compile_options(nuncio_compile INTERFACE
        --coverage -O0 -Wno-maybe-uninitialized -Wno-conversion -Wno-sign-conversion)
    target_link_options(nuncio_compile INTERFACE --coverage)
endif()
