package io.agentflow.messaging.autoconfigure.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.autoconfigure.AfStreams;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.listener.AfListenerRegistry;
import io.agentflow.messaging.listener.ListenerStatus;
import io.agentflow.messaging.stream.StreamSpec;

/**
 * Member {@code af} of {@code /actuator/info}: what this application is made of. Asks
 * nobody, and tells no address, user or secret. Thread-safe.
 */
final class AfInfoContributor implements InfoContributor {

	private final BusConnection connection;

	private final AfStreams streams;

	private final AfListenerRegistry listeners;

	AfInfoContributor(BusConnection connection, AfStreams streams, AfListenerRegistry listeners) {
		this.connection = connection;
		this.streams = streams;
		this.listeners = listeners;
	}

	@Override
	public void contribute(Info.Builder builder) {
		Map<String, Object> af = new LinkedHashMap<>();
		// Only a jar knows its version.
		put(af, "version", AfMessage.class.getPackage().getImplementationVersion());
		put(af, "serverVersion", this.connection.status().serverVersion());
		Map<String, Object> streamSubjects = new LinkedHashMap<>();
		for (StreamSpec stream : this.streams.topology().streams()) {
			streamSubjects.put(stream.name(), stream.subjects());
		}
		af.put("streams", streamSubjects);
		Map<String, Object> listenerDetails = new LinkedHashMap<>();
		for (ListenerStatus listener : this.listeners.listeners()) {
			listenerDetails.put(listener.id(), Map.of("subjects", listener.subjects(), "stream", listener.stream(),
					"durable", listener.durable()));
		}
		af.put("listeners", listenerDetails);
		builder.withDetail("af", af);
	}

	private static void put(Map<String, Object> details, String name, @Nullable Object value) {
		if (value != null) {
			details.put(name, value);
		}
	}

}
