package io.agentflow.messaging.sample;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

import io.nats.client.JetStreamApiException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.sample.harness.Exchange;
import io.agentflow.messaging.sample.harness.ExchangeFactory;
import io.agentflow.messaging.sample.harness.RawExchange;

/**
 * Pinger and ponger as two applications of this JVM, each with its own connection, beside
 * jnats alone.
 */
final class BackboneExchanges implements ExchangeFactory {

	private @Nullable String server;

	private @Nullable String serverUrl;

	@Override
	public Exchange ours(boolean tracing) {
		ConfigurableApplicationContext ponger = start("ponger", tracing);
		ConfigurableApplicationContext pinger = start("pinger", tracing);
		BusConnection bus = pinger.getBean(BusConnection.class);
		this.server = bus.current().getServerInfo().getVersion();
		this.serverUrl = bus.current().getConnectedUrl();
		return new TwoApplications(pinger.getBean(Pinger.class), pinger, ponger);
	}

	@Override
	public Exchange raw() {
		if (this.serverUrl == null) {
			throw new IllegalStateException("jnats alone runs on the streams that an application has made first");
		}
		try {
			return RawExchange.open(this.serverUrl);
		}
		catch (IOException | JetStreamApiException ex) {
			throw new IllegalStateException("jnats alone cannot reach " + this.serverUrl, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while connecting", ex);
		}
	}

	@Override
	public String serverVersion() {
		return (this.server != null) ? this.server : "unknown";
	}

	@Override
	public void close() {
		// Each exchange closes what it has started.
	}

	private static ConfigurableApplicationContext start(String role, boolean tracing) {
		return new SpringApplicationBuilder(PingPongApplication.class).web(WebApplicationType.NONE)
			.run("--pingpong.role=" + role, "--pingpong.autostart=false", "--spring.application.name=" + role,
					"--logging.level.root=WARN", "--af.tracing.enabled=" + tracing,
					"--management.tracing.sampling.probability=1.0");
	}

	private record TwoApplications(Pinger pinger, ConfigurableApplicationContext pingerContext,
			ConfigurableApplicationContext pongerContext) implements Exchange {

		@Override
		public String name() {
			return this.pinger.name();
		}

		@Override
		public void listen(@Nullable ResponseListener listener) {
			this.pinger.listen(listener);
		}

		@Override
		public CompletableFuture<String> send(int run, int sequence, String text) {
			return this.pinger.send(run, sequence, text);
		}

		@Override
		public void close() {
			this.pingerContext.close();
			this.pongerContext.close();
		}

	}

}
