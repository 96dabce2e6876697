package io.agentflow.messaging.test.server;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The servers that are to end with this JVM.
 */
final class LiveServers {

	private static final Set<NatsServer> SERVERS = ConcurrentHashMap.newKeySet();

	static {
		Runtime.getRuntime().addShutdownHook(new Thread(LiveServers::closeAll, "nats-server-shutdown"));
	}

	private LiveServers() {
	}

	static void add(NatsServer server) {
		SERVERS.add(server);
	}

	static void remove(NatsServer server) {
		SERVERS.remove(server);
	}

	private static void closeAll() {
		List.copyOf(SERVERS).forEach(NatsServer::close);
	}

}
