package io.agentflow.messaging.connection;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ConnectionSettingsTests {

	@Test
	void refusesUrlsThatTrustEveryServer() {
		assertThatIllegalArgumentException().isThrownBy(() -> ConnectionSettings.of("opentls://host:4222"))
			.withMessageContaining("opentls");
	}

	@Test
	void refusesWhatIsNoServerUrlWithoutRepeatingItsSecrets() {
		for (String url : List.of("http://u:hidden@host", "nats://u:hidden@", "nats://u:hid den@host", "://")) {
			assertThatIllegalArgumentException().isThrownBy(() -> ConnectionSettings.of(url))
				.satisfies((refusal) -> assertThat(refusal.getMessage()).doesNotContain("hid"))
				.withNoCause();
		}
	}

	@Test
	void refusesTwoKindsOfCredentials() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ConnectionSettings.of("nats://u:hidden@host")
				.withCredentials(BusCredentials.token("t"::toCharArray)))
			.withMessageContaining("Two kinds of credentials")
			.satisfies((refusal) -> assertThat(refusal.getMessage()).doesNotContain("hidden"));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ConnectionSettings.of("nats://u:a@one", "nats://u:b@two"));
	}

	@Test
	void addsSchemeAndPort() {
		BusUrls urls = BusUrls.parse(List.of("one", "nats://two:5222", "tls://[::1]"), BusCredentials.none());
		assertThat(urls.urls()).containsExactly("nats://one:4222", "nats://two:5222", "tls://[::1]:4222");
		assertThat(urls.hosts()).containsExactly("one:4222", "two:5222", "[::1]:4222");
		assertThat(urls.needTls()).isTrue();
	}

	@Test
	void doublesTheDelayUpToItsBoundAndSpreadsIt() {
		ReconnectPolicy policy = ReconnectPolicy.DEFAULT;
		long[] centres = { 2, 4, 8, 16, 30, 30 };
		for (int retry = 1; retry <= centres.length; retry++) {
			Duration centre = Duration.ofSeconds(centres[retry - 1]);
			Duration lowest = centre;
			Duration highest = centre;
			for (int i = 0; i < 1000; i++) {
				Duration delay = policy.delay(retry);
				assertThat(delay).isBetween(centre.multipliedBy(3).dividedBy(4), centre.multipliedBy(5).dividedBy(4));
				assertThat(delay).isLessThanOrEqualTo(policy.maxDelay());
				lowest = (delay.compareTo(lowest) < 0) ? delay : lowest;
				highest = (delay.compareTo(highest) > 0) ? delay : highest;
			}
			assertThat(highest.minus(lowest)).isGreaterThan(centre.dividedBy(5));
		}
		assertThat(policy.delay(Long.MAX_VALUE)).isLessThanOrEqualTo(Duration.ofSeconds(30));
	}

}
