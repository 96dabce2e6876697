/**
 * What the codec costs, next to plain Jackson and another JCS library in the same run.
 */
@NullMarked
package io.agentflow.messaging.benchmarks;

import org.jspecify.annotations.NullMarked;
