package io.agentflow.messaging.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

import io.agentflow.messaging.connection.StartupPolicy;
import io.agentflow.messaging.stream.ProvisioningMode;
import io.agentflow.messaging.stream.StreamSpec.Discard;
import io.agentflow.messaging.stream.StreamSpec.Storage;

/**
 * Properties of the bus: connection, streams, publishing and listening.
 */
@ConfigurationProperties("af.bus")
public class AfBusProperties {

	/**
	 * Whether the bus is connected to and its beans are made.
	 */
	private boolean enabled = true;

	/**
	 * Comma-separated list of server URLs. User information is better kept out of them,
	 * in user and password.
	 */
	private List<String> url = new ArrayList<>(List.of("nats://localhost:4222"));

	/**
	 * Name of the connection, which the server shows. Defaults to the application's name.
	 */
	private @Nullable String name;

	/**
	 * What to do when no server can be reached at start-up.
	 */
	private StartupPolicy startup = StartupPolicy.FAIL;

	/**
	 * Retries to make the first connection before the start fails. Later, reconnecting
	 * has no limit.
	 */
	private int maxReconnect = 10;

	/**
	 * Wait before the second attempt to connect. It doubles with each further one, with
	 * 25 % jitter.
	 */
	private Duration reconnectWait = Duration.ofSeconds(2);

	/**
	 * Longest wait between two attempts to connect.
	 */
	private Duration maxReconnectWait = Duration.ofSeconds(30);

	/**
	 * Interval at which the server is asked for a sign of life. Two that are missing make
	 * the connection lost.
	 */
	private Duration pingInterval = Duration.ofSeconds(10);

	/**
	 * Size of what may wait to be sent while the connection is away.
	 */
	private DataSize reconnectBuffer = DataSize.ofMegabytes(8);

	/**
	 * Time for one attempt to connect to one server.
	 */
	private Duration connectTimeout = Duration.ofSeconds(5);

	/**
	 * Time to wait for the response to a request message.
	 */
	private Duration requestTimeout = Duration.ofSeconds(10);

	/**
	 * Time after which the server delivers a message again whose listener has been
	 * silent. Running handlers are never silent.
	 */
	private Duration ackWait = Duration.ofSeconds(30);

	/**
	 * Messages that the server may have handed to one durable consumer, over all
	 * instances, without an answer.
	 */
	private int maxInFlight = 1000;

	/**
	 * Time for running handlers to finish at shutdown. Keep it below
	 * spring.lifecycle.timeout-per-shutdown-phase.
	 */
	private Duration shutdownTimeout = Duration.ofSeconds(25);

	/**
	 * What to do at start-up about streams that are missing or different.
	 */
	private ProvisioningMode provisioning = ProvisioningMode.UPDATE;

	/**
	 * User name. Goes with password; excludes token, nkey and credentials.
	 */
	private @Nullable String user;

	/**
	 * Password of the user, or the location of a file that holds it, such as
	 * file:/run/secrets/password.
	 */
	private @Nullable String password;

	/**
	 * Token, or the location of a file that holds it. Excludes user, nkey and
	 * credentials.
	 */
	private @Nullable String token;

	/**
	 * Seed of an NKey, or the location of a file that holds it, such as
	 * file:/run/secrets/nkey. Excludes user, token and credentials.
	 */
	private @Nullable String nkey;

	/**
	 * Path of a credentials file with JWT and seed, read again at each connect. Excludes
	 * user, token and nkey.
	 */
	private @Nullable String credentials;

	/**
	 * Prefix of the subjects on which answers come, when permissions give the application
	 * one of its own.
	 */
	private @Nullable String inboxPrefix;

	/**
	 * TLS of the connection.
	 */
	private final Ssl ssl = new Ssl();

	/**
	 * The streams of the backbone.
	 */
	private final Streams streams = new Streams();

	/**
	 * Publishing.
	 */
	private final Publish publish = new Publish();

	/**
	 * Health of the bus.
	 */
	private final Health health = new Health();

	/**
	 * Retry of messages whose handler failed.
	 */
	private final Retry retry = new Retry();

	private final Idempotency idempotency = new Idempotency();

	private final ParkedMessages parkedMessages = new ParkedMessages();

	/**
	 * Defaults of all listeners.
	 */
	private Listener listener = new Listener();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public List<String> getUrl() {
		return this.url;
	}

	public void setUrl(List<String> url) {
		this.url = url;
	}

	public @Nullable String getName() {
		return this.name;
	}

	public void setName(@Nullable String name) {
		this.name = name;
	}

	public StartupPolicy getStartup() {
		return this.startup;
	}

	public void setStartup(StartupPolicy startup) {
		this.startup = startup;
	}

	public int getMaxReconnect() {
		return this.maxReconnect;
	}

	public void setMaxReconnect(int maxReconnect) {
		this.maxReconnect = maxReconnect;
	}

	public Duration getReconnectWait() {
		return this.reconnectWait;
	}

	public void setReconnectWait(Duration reconnectWait) {
		this.reconnectWait = reconnectWait;
	}

	public Duration getMaxReconnectWait() {
		return this.maxReconnectWait;
	}

	public void setMaxReconnectWait(Duration maxReconnectWait) {
		this.maxReconnectWait = maxReconnectWait;
	}

	public Duration getPingInterval() {
		return this.pingInterval;
	}

	public void setPingInterval(Duration pingInterval) {
		this.pingInterval = pingInterval;
	}

	public DataSize getReconnectBuffer() {
		return this.reconnectBuffer;
	}

	public void setReconnectBuffer(DataSize reconnectBuffer) {
		this.reconnectBuffer = reconnectBuffer;
	}

	public Duration getConnectTimeout() {
		return this.connectTimeout;
	}

	public void setConnectTimeout(Duration connectTimeout) {
		this.connectTimeout = connectTimeout;
	}

	public Duration getRequestTimeout() {
		return this.requestTimeout;
	}

	public void setRequestTimeout(Duration requestTimeout) {
		this.requestTimeout = requestTimeout;
	}

	public Duration getAckWait() {
		return this.ackWait;
	}

	public void setAckWait(Duration ackWait) {
		this.ackWait = ackWait;
	}

	public int getMaxInFlight() {
		return this.maxInFlight;
	}

	public void setMaxInFlight(int maxInFlight) {
		this.maxInFlight = maxInFlight;
	}

	public Duration getShutdownTimeout() {
		return this.shutdownTimeout;
	}

	public void setShutdownTimeout(Duration shutdownTimeout) {
		this.shutdownTimeout = shutdownTimeout;
	}

	public ProvisioningMode getProvisioning() {
		return this.provisioning;
	}

	public void setProvisioning(ProvisioningMode provisioning) {
		this.provisioning = provisioning;
	}

	public @Nullable String getUser() {
		return this.user;
	}

	public void setUser(@Nullable String user) {
		this.user = user;
	}

	public @Nullable String getPassword() {
		return this.password;
	}

	public void setPassword(@Nullable String password) {
		this.password = password;
	}

	public @Nullable String getToken() {
		return this.token;
	}

	public void setToken(@Nullable String token) {
		this.token = token;
	}

	public @Nullable String getNkey() {
		return this.nkey;
	}

	public void setNkey(@Nullable String nkey) {
		this.nkey = nkey;
	}

	public @Nullable String getCredentials() {
		return this.credentials;
	}

	public void setCredentials(@Nullable String credentials) {
		this.credentials = credentials;
	}

	public @Nullable String getInboxPrefix() {
		return this.inboxPrefix;
	}

	public void setInboxPrefix(@Nullable String inboxPrefix) {
		this.inboxPrefix = inboxPrefix;
	}

	public Ssl getSsl() {
		return this.ssl;
	}

	public Streams getStreams() {
		return this.streams;
	}

	public Publish getPublish() {
		return this.publish;
	}

	public Health getHealth() {
		return this.health;
	}

	public Idempotency getIdempotency() {
		return this.idempotency;
	}

	public ParkedMessages getParkedMessages() {
		return this.parkedMessages;
	}

	public Retry getRetry() {
		return this.retry;
	}

	public Listener getListener() {
		return this.listener;
	}

	public void setListener(Listener listener) {
		this.listener = listener;
	}

	/**
	 * TLS of the connection.
	 */
	public static class Ssl {

		/**
		 * Name of the SSL bundle to use. A bundle that is reloaded makes the connection
		 * reconnect.
		 */
		private @Nullable String bundle;

		/**
		 * Whether the server expects the TLS handshake before anything else, as its
		 * option handshake_first says.
		 */
		private boolean handshakeFirst = false;

		public @Nullable String getBundle() {
			return this.bundle;
		}

		public void setBundle(@Nullable String bundle) {
			this.bundle = bundle;
		}

		public boolean isHandshakeFirst() {
			return this.handshakeFirst;
		}

		public void setHandshakeFirst(boolean handshakeFirst) {
			this.handshakeFirst = handshakeFirst;
		}

	}

	/**
	 * The streams of the backbone.
	 */
	public static class Streams {

		/**
		 * Stream AF_MESSAGES: messages of workflows and agents.
		 */
		private final Stream messages = new Stream();

		/**
		 * Stream AF_TOOLS: tool calls and their audit.
		 */
		private final Stream tools = new Stream();

		/**
		 * Stream AF_SYSTEM: control and health.
		 */
		private final Stream system = new Stream();

		/**
		 * Stream AF_DEAD_LETTERS: what could not be handled.
		 */
		private final Stream deadLetters = new Stream();

		/**
		 * Stream AF_ADVISORIES: the broker's notices of messages that it has stopped to
		 * deliver.
		 */
		private final Stream advisories = new Stream();

		/**
		 * Further streams, each with a name and its subjects.
		 */
		private List<AdditionalStream> additional = new ArrayList<>();

		public Stream getMessages() {
			return this.messages;
		}

		public Stream getTools() {
			return this.tools;
		}

		public Stream getSystem() {
			return this.system;
		}

		public Stream getDeadLetters() {
			return this.deadLetters;
		}

		public Stream getAdvisories() {
			return this.advisories;
		}

		public List<AdditionalStream> getAdditional() {
			return this.additional;
		}

		public void setAdditional(List<AdditionalStream> additional) {
			this.additional = additional;
		}

	}

	/**
	 * Settings of one stream; what is not set stays at the stream's default.
	 */
	public static class Stream {

		/**
		 * Subjects that the stream keeps. On the server, a subject added by someone else
		 * is never dropped.
		 */
		private @Nullable List<String> subjects;

		/**
		 * Where messages are kept.
		 */
		private @Nullable Storage storage;

		/**
		 * Age at which messages are removed. Zero keeps them for ever.
		 */
		private @Nullable Duration maxAge;

		/**
		 * Size of the stream on disk from which its oldest messages are removed. -1B is
		 * without limit.
		 */
		private @Nullable DataSize maxBytes;

		/**
		 * Largest message that the stream takes, headers included. -1B is the server's
		 * limit.
		 */
		private @Nullable DataSize maxMessageSize;

		/**
		 * What a full stream does with the next message.
		 */
		private @Nullable Discard discard;

		/**
		 * Number of servers that keep a copy, 1 to 5.
		 */
		private @Nullable Integer replicas;

		/**
		 * How long the server remembers message ids to drop what is published twice.
		 */
		private @Nullable Duration duplicateWindow;

		public @Nullable List<String> getSubjects() {
			return this.subjects;
		}

		public void setSubjects(@Nullable List<String> subjects) {
			this.subjects = subjects;
		}

		public @Nullable Storage getStorage() {
			return this.storage;
		}

		public void setStorage(@Nullable Storage storage) {
			this.storage = storage;
		}

		public @Nullable Duration getMaxAge() {
			return this.maxAge;
		}

		public void setMaxAge(@Nullable Duration maxAge) {
			this.maxAge = maxAge;
		}

		public @Nullable DataSize getMaxBytes() {
			return this.maxBytes;
		}

		public void setMaxBytes(@Nullable DataSize maxBytes) {
			this.maxBytes = maxBytes;
		}

		public @Nullable DataSize getMaxMessageSize() {
			return this.maxMessageSize;
		}

		public void setMaxMessageSize(@Nullable DataSize maxMessageSize) {
			this.maxMessageSize = maxMessageSize;
		}

		public @Nullable Discard getDiscard() {
			return this.discard;
		}

		public void setDiscard(@Nullable Discard discard) {
			this.discard = discard;
		}

		public @Nullable Integer getReplicas() {
			return this.replicas;
		}

		public void setReplicas(@Nullable Integer replicas) {
			this.replicas = replicas;
		}

		public @Nullable Duration getDuplicateWindow() {
			return this.duplicateWindow;
		}

		public void setDuplicateWindow(@Nullable Duration duplicateWindow) {
			this.duplicateWindow = duplicateWindow;
		}

	}

	/**
	 * A stream of the application's own.
	 */
	public static class AdditionalStream extends Stream {

		/**
		 * Name of the stream.
		 */
		private @Nullable String name;

		public @Nullable String getName() {
			return this.name;
		}

		public void setName(@Nullable String name) {
			this.name = name;
		}

	}

	/**
	 * Publishing.
	 */
	public static class Publish {

		/**
		 * Time within which a publish is retried before its outcome is reported as
		 * unknown.
		 */
		private Duration deadline = Duration.ofSeconds(30);

		/**
		 * Time to wait for the server's answer to one attempt.
		 */
		private Duration timeout = Duration.ofSeconds(2);

		/**
		 * Publishes that may wait for their answer at the same time. A further one blocks
		 * its caller.
		 */
		private int maxInFlight = 256;

		/**
		 * Upper bound of the random wait before the first retry. It doubles with each
		 * further one.
		 */
		private Duration initialBackoff = Duration.ofMillis(50);

		/**
		 * Upper bound of the random wait before a retry.
		 */
		private Duration maxBackoff = Duration.ofSeconds(2);

		/**
		 * Time without any confirmation after which health tells that publishing has
		 * stalled.
		 */
		private Duration stalledAfter = Duration.ofSeconds(5);

		public Duration getDeadline() {
			return this.deadline;
		}

		public void setDeadline(Duration deadline) {
			this.deadline = deadline;
		}

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

		public int getMaxInFlight() {
			return this.maxInFlight;
		}

		public void setMaxInFlight(int maxInFlight) {
			this.maxInFlight = maxInFlight;
		}

		public Duration getInitialBackoff() {
			return this.initialBackoff;
		}

		public void setInitialBackoff(Duration initialBackoff) {
			this.initialBackoff = initialBackoff;
		}

		public Duration getMaxBackoff() {
			return this.maxBackoff;
		}

		public void setMaxBackoff(Duration maxBackoff) {
			this.maxBackoff = maxBackoff;
		}

		public Duration getStalledAfter() {
			return this.stalledAfter;
		}

		public void setStalledAfter(Duration stalledAfter) {
			this.stalledAfter = stalledAfter;
		}

	}

	/**
	 * Health of the bus.
	 */
	public static class Health {

		/**
		 * Messages that may wait for one durable consumer before health is down. -1 is
		 * any number.
		 */
		private long maxLag = -1;

		public long getMaxLag() {
			return this.maxLag;
		}

		public void setMaxLag(long maxLag) {
			this.maxLag = maxLag;
		}

	}

	/**
	 * Keeping of messages that the broker has stopped to deliver.
	 */
	public static class ParkedMessages {

		/**
		 * Whether messages that reach the max_deliver of a consumer, which the broker
		 * then delivers no more, are written to the dead letters.
		 */
		private boolean enabled = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

	/**
	 * Remembering of handled messages.
	 */
	public static class Idempotency {

		/**
		 * Whether handled messages are remembered, so that one that is delivered again
		 * does not run again. Costs requests to the broker for each message.
		 */
		private boolean enabled;

		/**
		 * Name of the key-value bucket that holds the ids of handled messages.
		 */
		private String bucket = "AF_HANDLED";

		/**
		 * Time that an id is remembered for.
		 */
		private Duration timeToLive = Duration.ofDays(7);

		/**
		 * Largest size of the bucket.
		 */
		private DataSize maxBytes = DataSize.ofGigabytes(1);

		/**
		 * Number of replicas of the bucket.
		 */
		private int replicas = 1;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public String getBucket() {
			return this.bucket;
		}

		public void setBucket(String bucket) {
			this.bucket = bucket;
		}

		public Duration getTimeToLive() {
			return this.timeToLive;
		}

		public void setTimeToLive(Duration timeToLive) {
			this.timeToLive = timeToLive;
		}

		public DataSize getMaxBytes() {
			return this.maxBytes;
		}

		public void setMaxBytes(DataSize maxBytes) {
			this.maxBytes = maxBytes;
		}

		public int getReplicas() {
			return this.replicas;
		}

		public void setReplicas(int replicas) {
			this.replicas = replicas;
		}

	}

	/**
	 * Retry of messages whose handler failed.
	 */
	public static class Retry {

		/**
		 * Attempts to handle a message, the first included, before it becomes a dead
		 * letter.
		 */
		private int maxAttempts = 5;

		/**
		 * Delay before the second attempt.
		 */
		private Duration initialDelay = Duration.ofSeconds(1);

		/**
		 * Factor by which the delay grows with each attempt.
		 */
		private double multiplier = 2.0;

		/**
		 * Longest delay between two attempts.
		 */
		private Duration maxDelay = Duration.ofMinutes(1);

		/**
		 * Random part of the delay, as a fraction of it: 0 for none, 0.25 for up to a
		 * quarter more or less.
		 */
		private double jitter = 0.25;

		public int getMaxAttempts() {
			return this.maxAttempts;
		}

		public void setMaxAttempts(int maxAttempts) {
			this.maxAttempts = maxAttempts;
		}

		public Duration getInitialDelay() {
			return this.initialDelay;
		}

		public void setInitialDelay(Duration initialDelay) {
			this.initialDelay = initialDelay;
		}

		public double getMultiplier() {
			return this.multiplier;
		}

		public void setMultiplier(double multiplier) {
			this.multiplier = multiplier;
		}

		public Duration getMaxDelay() {
			return this.maxDelay;
		}

		public void setMaxDelay(Duration maxDelay) {
			this.maxDelay = maxDelay;
		}

		public double getJitter() {
			return this.jitter;
		}

		public void setJitter(double jitter) {
			this.jitter = jitter;
		}

	}

	/**
	 * Defaults of all listeners; a listener's own attributes go before them.
	 */
	public static class Listener {

		/**
		 * Whether AfListener methods are looked for.
		 */
		private boolean enabled = true;

		/**
		 * Messages that a listener handles at the same time.
		 */
		private int concurrency = 1;

		/**
		 * Longest time that a handler may take before its message is taken away and tried
		 * again.
		 */
		private Duration maxProcessingTime = Duration.ofMinutes(30);

		/**
		 * Interval at which lag and pending acknowledgements are asked for.
		 */
		private Duration sampleInterval = Duration.ofSeconds(10);

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public int getConcurrency() {
			return this.concurrency;
		}

		public void setConcurrency(int concurrency) {
			this.concurrency = concurrency;
		}

		public Duration getMaxProcessingTime() {
			return this.maxProcessingTime;
		}

		public void setMaxProcessingTime(Duration maxProcessingTime) {
			this.maxProcessingTime = maxProcessingTime;
		}

		public Duration getSampleInterval() {
			return this.sampleInterval;
		}

		public void setSampleInterval(Duration sampleInterval) {
			this.sampleInterval = sampleInterval;
		}

	}

}
