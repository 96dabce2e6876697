package com.example.plain;

import java.time.Duration;

import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.test.AfMessages;
import io.agentflow.messaging.test.NatsServerInitializer;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.assertj.core.api.Assertions.assertThat;

@SpringJUnitConfig(classes = BusConfiguration.class, initializers = NatsServerInitializer.class)
class ShouterTests {

	@Autowired
	private AfPublisher publisher;

	@Test
	void shouts() {
		assertThat(this.publisher.request("agents.shouter.in", AfMessages.request("shouter", "hello"),
				new ParameterizedTypeReference<String>() {
				})).succeedsWithin(Duration.ofSeconds(10)).satisfies((answer) -> assertThat(answer.payload()).isEqualTo("HELLO"));
	}

}
