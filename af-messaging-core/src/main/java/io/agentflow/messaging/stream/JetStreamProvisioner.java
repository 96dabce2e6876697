package io.agentflow.messaging.stream;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.stream.StreamResult.Action;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;

/**
 * Provisions streams through the JetStream API.
 */
final class JetStreamProvisioner implements StreamProvisioner {

	private static final Logger logger = LoggerFactory.getLogger(JetStreamProvisioner.class);

	private static final int EXISTS_OTHERWISE = 10058;

	/** The store could not be made: by a full disk, or by two who make it at once. */
	private static final int STORE_FAILED = 10049;

	private static final int CREATE_ATTEMPTS = 5;

	private static final int SUBJECT_ROUNDS = 10;

	/** Longer than it takes anybody to get from reading a stream to changing it. */
	private static final long SETTLE_NANOS = 100_000_000;

	private final JetStreamApi api;

	private final ProvisioningFailures failures;

	private final boolean production;

	JetStreamProvisioner(BusConnection connection, boolean production) {
		this.api = new JetStreamApi(connection);
		this.failures = new ProvisioningFailures(connection);
		this.production = production;
	}

	@Override
	public List<StreamResult> provision(StreamTopology topology, ProvisioningMode mode) {
		List<StreamResult> results = new ArrayList<>();
		if (mode == ProvisioningMode.NONE) {
			return results;
		}
		for (StreamSpec spec : topology.streams()) {
			results.add(provision(spec, mode));
			if (this.production && spec.replicas() == 1) {
				logger.warn(
						"Stream {} is kept on one server only: its messages are away while that server is, "
								+ "and lost with its disk. Set af.bus.streams.{}.replicas=3 on a cluster",
						spec.name(), spec.group());
			}
		}
		return results;
	}

	private StreamResult provision(StreamSpec spec, ProvisioningMode mode) {
		StreamConfiguration actual = read(spec);
		if (actual == null) {
			if (mode == ProvisioningMode.VALIDATE) {
				throw this.failures.missing(spec);
			}
			if (create(spec)) {
				return new StreamResult(spec.name(), Action.CREATED, List.of());
			}
			// Somebody else was faster, with other settings: treat it as found.
			actual = read(spec);
			if (actual == null) {
				throw this.failures.missing(spec);
			}
		}
		return reconcile(spec, actual, mode);
	}

	private StreamResult reconcile(StreamSpec spec, StreamConfiguration actual, ProvisioningMode mode) {
		List<Difference> differences = StreamDifferences.between(spec, actual);
		if (differences.isEmpty()) {
			return new StreamResult(spec.name(), Action.UNCHANGED, differences);
		}
		if (differences.stream().anyMatch((difference) -> difference.property().equals("persist-mode"))) {
			throw this.failures.acksBeforeWriting(spec);
		}
		switch (mode) {
			case VALIDATE -> throw this.failures.differs(spec, differences);
			case CREATE -> {
				logger.warn("Stream {} is left as it is: {}", spec.name(), ProvisioningFailures.list(differences));
				return new StreamResult(spec.name(), Action.LEFT_DIFFERENT, differences);
			}
			default -> {
				update(spec, actual, differences);
				return new StreamResult(spec.name(), Action.UPDATED, differences);
			}
		}
	}

	private @Nullable StreamConfiguration read(StreamSpec spec) {
		try {
			StreamInfo info = this.api.callOrNull(spec.name(), "$JS.API.STREAM.INFO." + spec.name(),
					JetStreamApi.STREAM_NOT_FOUND, (api) -> api.getStreamInfo(spec.name()));
			return (info != null) ? info.getConfiguration() : null;
		}
		catch (JetStreamApiException ex) {
			throw this.failures.refused(spec, List.of(), ex);
		}
	}

	/**
	 * Creates the stream. A server that is asked by two at once may fail for the slower
	 * one in the middle; asked again, it finds what the other has made.
	 * @return whether it was made, or found equal; not if it is there and differs
	 */
	private boolean create(StreamSpec spec) {
		for (int attempt = 1;; attempt++) {
			try {
				this.api.call(spec.name(), "$JS.API.STREAM.CREATE." + spec.name(),
						(api) -> api.addStream(StreamDifferences.create(spec)));
				logger.info("Stream {} created for {}", spec.name(), spec.subjects());
				return true;
			}
			catch (JetStreamApiException ex) {
				if (ex.getApiErrorCode() == EXISTS_OTHERWISE) {
					return false;
				}
				if (ex.getApiErrorCode() != STORE_FAILED || attempt == CREATE_ATTEMPTS) {
					throw this.failures.refused(spec, List.of(), ex);
				}
				LockSupport.parkNanos(SETTLE_NANOS);
			}
		}
	}

	private void update(StreamSpec spec, StreamConfiguration actual, List<Difference> differences) {
		try {
			this.api.call(spec.name(), "$JS.API.STREAM.UPDATE." + spec.name(),
					(api) -> api.updateStream(StreamDifferences.update(spec, actual)));
			logger.warn("Stream {} changed: {}", spec.name(), ProvisioningFailures.list(differences));
			keepSubjects(spec);
		}
		catch (JetStreamApiException ex) {
			throw this.failures.refused(spec, differences, ex);
		}
	}

	/**
	 * The API has no compare-and-set: who read before us and wrote after us has dropped
	 * our subjects again. Two that add subjects at once agree after a round or two.
	 */
	private void keepSubjects(StreamSpec spec) throws JetStreamApiException {
		for (int round = 0; round < SUBJECT_ROUNDS; round++) {
			LockSupport.parkNanos(SETTLE_NANOS + ThreadLocalRandom.current().nextLong(SETTLE_NANOS));
			StreamConfiguration now = read(spec);
			if (now == null || now.getSubjects().containsAll(spec.subjects())) {
				return;
			}
			Set<String> subjects = new LinkedHashSet<>(now.getSubjects());
			subjects.addAll(spec.subjects());
			logger.warn("Stream {} has lost subjects to somebody who changed it too; adding {} again", spec.name(),
					spec.subjects());
			this.api.call(spec.name(), "$JS.API.STREAM.UPDATE." + spec.name(),
					(api) -> api.updateStream(StreamConfiguration.builder(now).subjects(subjects).build()));
		}
	}

}
