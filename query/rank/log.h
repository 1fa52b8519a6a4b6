/* SPDX-License-Identifier: Apache-2.0 */
/* A natural logarithm that gives the same bits on every machine, which libm does not promise. */
#ifndef QUERY_LOG_H
#define QUERY_LOG_H

/** ln(x) for finite x > 0, within one unit in the last place. Made of + - * / alone. */
double nn_log(double x);

#endif
