package com.example.orders;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

import io.agentflow.messaging.test.AutoConfigureNatsServer;
import io.agentflow.messaging.test.PublishedMessages;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "spring.application.name=orders")
@AutoConfigureNatsServer
class OrdersApplicationTests {

	@Autowired
	private PublishedMessages messages;

	@Value("${local.server.port}")
	private int port;

	@Test
	void answersAnOrderWithAnInvoice() throws Exception {
		assertThat(http("POST", "/orders/o1/1999")).isEqualTo("AF_MESSAGES");

		assertThat(this.messages.await("agents.shop.in", 1).get(0).payload().get("cents").longValue()).isEqualTo(1999);
		assertThat(http("GET", "/actuator/health")).contains("UP");
	}

	private String http(String method, String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
	}

}
