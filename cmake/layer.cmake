# SPDX-License-Identifier: Apache-2.0
# A layer is a static library that can see only the layers it may include: each layer's sources are
# compiled with one include root that holds links to just those folders, so that an include against the
# arrows does not compile.
#
#   nuncio_layer(query DEPENDS core text segment SOURCES parser.c … [LIBRARIES …])

function(nuncio_layer name)
    cmake_parse_arguments(ARG "" "" "DEPENDS;SOURCES;LIBRARIES" ${ARGN})
    set(root ${CMAKE_BINARY_DIR}/include-roots/${name})
    file(MAKE_DIRECTORY ${root})
    foreach(folder ${name} ${ARG_DEPENDS})
        file(CREATE_LINK ${CMAKE_SOURCE_DIR}/${folder} ${root}/${folder} SYMBOLIC)
    endforeach()
    add_library(nn_${name} STATIC ${ARG_SOURCES})
    target_include_directories(nn_${name} PRIVATE ${root} ${CMAKE_SOURCE_DIR}/include)
    target_link_libraries(nn_${name} PRIVATE nuncio_compile)
    foreach(folder ${ARG_DEPENDS})
        target_link_libraries(nn_${name} PUBLIC nn_${folder})
    endforeach()
    target_link_libraries(nn_${name} PUBLIC ${ARG_LIBRARIES})
    set_target_properties(nn_${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
endfunction()

# Sources whose loops over bytes and columns are most of what building an index takes: gcc's -O2 leaves a loop alone whose
# number of turns it does not know.
#   nuncio_unrolled(tokenizer.c …)
function(nuncio_unrolled)
    set_source_files_properties(${ARGN} PROPERTIES COMPILE_OPTIONS $<$<CONFIG:Release>:-O3>)
endfunction()

# A unit test of one file: tests/unit/<layer>/test_<name>.c, which sees what the layer sees, and tests/support.
#   nuncio_unit_test(core test_buffer.c)
function(nuncio_unit_test layer source)
    get_filename_component(name ${source} NAME_WE)
    set(target unit_${layer}_${name})
    add_executable(${target} ${source} ${ARGN})
    target_include_directories(${target} PRIVATE ${CMAKE_BINARY_DIR}/include-roots/${layer}
        ${CMAKE_SOURCE_DIR}/include ${CMAKE_SOURCE_DIR}/tests)
    target_link_libraries(${target} PRIVATE nuncio_compile nn_${layer} test_support PkgConfig::CMOCKA)
    add_test(NAME unit/${layer}/${name} COMMAND ${target})
    set_tests_properties(unit/${layer}/${name} PROPERTIES LABELS unit TIMEOUT 300)
endfunction()

# Tests of kernels that have a body for newer processors are run for older ones too (tests/support/cpu.c).
#   nuncio_older_processors(unit/segment/test_rice …)
function(nuncio_older_processors)
    if(NUNCIO_TSAN) # it has no other bodies
        return()
    endif()
    foreach(test IN LISTS ARGN)
        string(REPLACE "/" "_" target ${test})
        target_sources(${target} PRIVATE ${CMAKE_SOURCE_DIR}/tests/support/cpu.c)
        foreach(processor 0 1)
            add_test(NAME ${test}/processor${processor} COMMAND ${target})
            set_tests_properties(${test}/processor${processor} PROPERTIES LABELS processors TIMEOUT 900
                ENVIRONMENT NUNCIO_TEST_CPU=${processor})
        endforeach()
    endforeach()
endfunction()

# A test that may look at all layers.
#   nuncio_test(property test_search.c [more.c …])
function(nuncio_test label source)
    get_filename_component(name ${source} NAME_WE)
    set(target ${label}_${name})
    add_executable(${target} ${source} ${ARGN})
    target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/include
        ${CMAKE_SOURCE_DIR}/tests)
    target_link_libraries(${target} PRIVATE nuncio_compile nuncio test_support PkgConfig::CMOCKA)
    add_test(NAME ${label}/${name} COMMAND ${target})
    set_tests_properties(${label}/${name} PROPERTIES LABELS ${label} TIMEOUT 900)
endfunction()

# A fuzz target: libFuzzer under the fuzz preset, a replay of its corpus everywhere else.
#   nuncio_fuzz(tokenizer [more.c …])   -> tests/fuzz/fuzz_tokenizer.c, tests/fuzz/corpus/tokenizer/
function(nuncio_fuzz name)
    set(target fuzz_${name})
    set(source ${CMAKE_SOURCE_DIR}/tests/fuzz/fuzz_${name}.c)
    set(corpus ${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${name})
    if(NUNCIO_FUZZ)
        add_executable(${target} ${source} ${ARGN})
        target_link_options(${target} PRIVATE -fsanitize=fuzzer)
    else()
        add_executable(${target} ${source} ${ARGN} ${CMAKE_SOURCE_DIR}/tests/fuzz/replay_main.c)
        add_test(NAME fuzz/${name} COMMAND ${target} ${corpus})
        set_tests_properties(fuzz/${name} PROPERTIES LABELS fuzz TIMEOUT 300)
    endif()
    target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/include
        ${CMAKE_SOURCE_DIR}/tests)
    target_link_libraries(${target} PRIVATE nuncio_compile nuncio nn_ingest test_support)
endfunction()
