package io.agentflow.messaging.test.server;

import java.time.Duration;

import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class NatsClusterTests {

	@Test
	void survivesItsLeaderAndTakesItBack() throws Exception {
		try (NatsCluster cluster = NatsServer.cluster(3)) {
			Options options = Options.builder().servers(cluster.url().split(",")).maxReconnects(-1).build();
			try (Connection connection = Nats.connect(options)) {
				JetStreamManagement management = connection.jetStreamManagement();
				management.addStream(StreamConfiguration.builder().name("T").subjects("t.*").replicas(3).build());
				connection.jetStream().publish("t.a", new byte[10]);
				String leader = leader(management);
				cluster.node(leader).kill();
				await().atMost(Duration.ofSeconds(30))
					.ignoreExceptions()
					.until(() -> !leader(management).equals(leader)
							&& connection.jetStream().publish("t.b", new byte[10]).getSeqno() > 1);
				cluster.node(leader).restart();
				cluster.awaitReady();
				assertThat(cluster.nodes()).allMatch(NatsServer::isRunning);
				assertThat(management.getStreamInfo("T").getStreamState().getMsgCount()).isGreaterThanOrEqualTo(2);
			}
		}
	}

	private static String leader(JetStreamManagement management) throws Exception {
		String leader = management.getStreamInfo("T").getClusterInfo().getLeader();
		return (leader != null) ? leader : "";
	}

}
