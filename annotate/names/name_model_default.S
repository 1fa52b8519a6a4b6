/* SPDX-License-Identifier: Apache-2.0 */
/* The names model that the library brings along, as it lies in models/: read-only data, which
 * costs no memory until it is read and none that is private. */
    .section .rodata
    .balign 64
    .hidden nn_name_model_default_begin
    .globl nn_name_model_default_begin
nn_name_model_default_begin:
    .incbin NN_NAME_MODEL_FILE
    .hidden nn_name_model_default_end
    .globl nn_name_model_default_end
nn_name_model_default_end:
    .byte 0
    .section .note.GNU-stack,"",%progbits
