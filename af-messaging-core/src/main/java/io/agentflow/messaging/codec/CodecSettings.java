package io.agentflow.messaging.codec;

import java.util.function.IntSupplier;

/**
 * What a codec was built with.
 *
 * @param mapper turns payloads into trees and back
 * @param form form to write in
 * @param verification what a received hash must match
 * @param requireHash whether a message without a hash is refused
 * @param limits sizes
 * @param maxBytes the longest message at this moment
 * @param schemas the payloads' schemas
 */
record CodecSettings(PayloadMapper mapper, CanonicalForm form, Verification verification, boolean requireHash,
		CodecLimits limits, IntSupplier maxBytes, PayloadSchemas schemas) {
}
