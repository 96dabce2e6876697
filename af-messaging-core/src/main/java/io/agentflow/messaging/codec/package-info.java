/**
 * Message to and from canonical bytes, hash and schema.
 */
@NullMarked
package io.agentflow.messaging.codec;

import org.jspecify.annotations.NullMarked;
