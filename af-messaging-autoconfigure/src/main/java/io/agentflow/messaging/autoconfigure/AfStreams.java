package io.agentflow.messaging.autoconfigure;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.nats.client.Connection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import io.agentflow.messaging.AfMessagingException;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.connection.BusListener;
import io.agentflow.messaging.connection.StartupPolicy;
import io.agentflow.messaging.stream.ProvisioningMode;
import io.agentflow.messaging.stream.StreamProvisioner;
import io.agentflow.messaging.stream.StreamResult;
import io.agentflow.messaging.stream.StreamTopology;

/**
 * Makes the streams before anything publishes or listens, and again whenever the
 * connection comes back, as it may be another server's. At start-up a failure ends the
 * start; later, or with {@link StartupPolicy#BACKGROUND}, it is told by
 * {@link #failure()} and tried again. Thread-safe.
 */
public final class AfStreams implements InitializingBean, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(AfStreams.class);

	private static final long RETRY_SECONDS = 5;

	private final BusConnection bus;

	private final StreamProvisioner provisioner;

	private final StreamTopology topology;

	private final ProvisioningMode mode;

	private final StartupPolicy startup;

	private final ScheduledExecutorService thread;

	private volatile List<StreamResult> results = List.of();

	private volatile @Nullable String failure = "not asked for yet: there has been no connection";

	private volatile @Nullable Connection provisionedOver;

	AfStreams(BusConnection bus, StreamProvisioner provisioner, StreamTopology topology, ProvisioningMode mode,
			StartupPolicy startup) {
		this.bus = bus;
		this.provisioner = provisioner;
		this.topology = topology;
		this.mode = mode;
		this.startup = startup;
		CustomizableThreadFactory threads = new CustomizableThreadFactory("af-bus-streams-");
		threads.setDaemon(true);
		this.thread = Executors.newSingleThreadScheduledExecutor(threads);
	}

	/**
	 * Returns the streams that are to exist.
	 * @return the topology
	 */
	public StreamTopology topology() {
		return this.topology;
	}

	/**
	 * Returns what was found and done last.
	 * @return one result for each stream; empty before the first time, and where nothing
	 * is asked
	 */
	public List<StreamResult> results() {
		return this.results;
	}

	/**
	 * Tells why the streams are not known to be there.
	 * @return what is wrong and what to do, or {@code null} if all is well
	 */
	public @Nullable String failure() {
		return this.failure;
	}

	@Override
	public void afterPropertiesSet() {
		if (this.startup == StartupPolicy.FAIL) {
			provision();
		}
		this.bus.addListener(new Reprovisioning());
	}

	@Override
	public void destroy() {
		this.thread.shutdownNow();
	}

	private void provision() {
		this.results = this.provisioner.provision(this.topology, this.mode);
		this.provisionedOver = this.bus.current();
		this.failure = null;
	}

	private void provisionLater(long delaySeconds) {
		try {
			this.thread.schedule(this::provisionOrRetry, delaySeconds, TimeUnit.SECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("The application stops; streams are left as they are");
		}
	}

	private void provisionOrRetry() {
		try {
			provision();
		}
		catch (AfMessagingException ex) {
			if (!Objects.equals(this.failure, ex.getMessage())) {
				logger.warn("The streams are not as they should be; trying again every {} s: {}", RETRY_SECONDS,
						ex.getMessage());
			}
			this.failure = String.valueOf(ex.getMessage());
			if (this.bus.status().isConnected()) {
				provisionLater(RETRY_SECONDS);
			}
		}
	}

	/**
	 * Only hands over: the connection's own threads must not wait for answers.
	 */
	private final class Reprovisioning implements BusListener {

		@Override
		public void connected(Connection connection) {
			if (connection != AfStreams.this.provisionedOver) {
				provisionLater(0);
			}
		}

		@Override
		public void reconnected(Connection connection) {
			provisionLater(0);
		}

	}

}
