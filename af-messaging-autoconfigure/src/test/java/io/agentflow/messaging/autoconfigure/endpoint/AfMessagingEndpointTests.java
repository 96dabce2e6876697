package io.agentflow.messaging.autoconfigure.endpoint;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.PropertiesEndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationFilter;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.invoke.convert.ConversionServiceParameterValueMapper;
import org.springframework.boot.actuate.endpoint.web.EndpointMediaTypes;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.actuate.endpoint.web.WebOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpointDiscoverer;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.autoconfigure.AfMessagingAutoConfiguration;
import io.agentflow.messaging.deadletter.DeadLetter;
import io.agentflow.messaging.deadletter.DeadLetterQuery;
import io.agentflow.messaging.deadletter.DeadLetters;
import io.agentflow.messaging.failure.FailureReason;
import io.agentflow.messaging.failure.PermanentFailureException;
import io.agentflow.messaging.listener.AfListener;
import io.agentflow.messaging.listener.ListenerStatus;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.publish.PublishReceipt;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@NatsTest(shared = false)
class AfMessagingEndpointTests {

	private ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AfMessagingAutoConfiguration.class, AfEndpointAutoConfiguration.class))
		.withUserConfiguration(Refusing.class)
		.withPropertyValues("spring.application.name=endpoint", "management.endpoints.web.exposure.include=afmessaging",
				"management.endpoints.jmx.exposure.exclude=*");

	@BeforeEach
	void point(NatsServer server) {
		this.runner = this.runner.withPropertyValues("af.bus.url=" + server.url());
	}

	@Test
	void showsStreamsConsumersAndListeners() {
		this.runner.run((context) -> {
			AfMessagingEndpoint endpoint = context.getBean(AfMessagingEndpoint.class);
			Awaitility.await()
				.untilAsserted(
						() -> assertThat(endpoint.overview().consumers()).extracting(BusInventory.ConsumerView::name)
							.contains("endpoint_refusing"));
			AfMessagingEndpoint.Overview overview = endpoint.overview();
			assertThat(overview.connection().isConnected()).isTrue();
			assertThat(overview.streams()).extracting(BusInventory.StreamView::name)
				.containsExactly("AF_MESSAGES", "AF_TOOLS", "AF_SYSTEM", "AF_DEAD_LETTERS");
			assertThat(overview.listeners()).extracting(ListenerStatus::id).containsExactly("refusing");
			assertThat(part(endpoint, "streams", null, null)).isInstanceOf(List.class);
			assertThat(part(endpoint, "secrets", null, null)).isNull();
		});
	}

	@Test
	void pagesDeadLettersAndSendsThemAgain() {
		this.runner.run((context) -> {
			AfMessagingEndpoint endpoint = context.getBean(AfMessagingEndpoint.class);
			AfMessage<String> message = AfMessage.event("a", "b").payload("secret " + UUID.randomUUID()).build();
			AfPublisher publisher = context.getBean(AfPublisher.class);
			publisher.publish(Subjects.agentIn("refused"), message);
			publisher.publish(Subjects.agentIn("refused"), AfMessage.event("a", "b").build());
			List<DeadLetterSummary> letters = Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(() -> deadLetters(endpoint, 0L, 10), (found) -> found.size() == 2);
			assertThat(letters.get(0).messageId()).isEqualTo(message.id());
			assertThat(letters.get(0).reason()).isEqualTo(FailureReason.PERMANENT);
			assertThat(letters.toString()).doesNotContain("secret");
			assertThat(deadLetters(endpoint, 0L, 1)).containsExactly(letters.get(0));
			assertThat(deadLetters(endpoint, letters.get(0).sequence(), 1)).containsExactly(letters.get(1));
			context.getBean(Refusing.class).refuse = false;
			Object receipt = endpoint.act("deadletters", Long.toString(letters.get(0).sequence()), "redrive");
			assertThat(receipt).isInstanceOf(PublishReceipt.class);
			assertThat(deadLetters(endpoint, 0L, 10)).containsExactly(letters.get(1));
			assertThat(endpoint.act("deadletters", "999999", "redrive")).isNull();
		});
	}

	@Test
	void findsReadsRedrivesAndDropsDeadLettersByRequest() {
		this.runner.withPropertyValues("management.endpoint.afmessaging.access=UNRESTRICTED").run((context) -> {
			DeadLetters letters = context.getBean(DeadLetters.class);
			try (Stream<DeadLetter> others = letters.find(DeadLetterQuery.all())) {
				others.forEach((letter) -> letters.drop(letter.sequence()));
			}
			AfPublisher publisher = context.getBean(AfPublisher.class);
			OffsetDateTime begin = OffsetDateTime.now();
			for (String workflow : List.of("w1", "w1", "w2")) {
				publisher.publish(Subjects.agentIn("refused"), AfMessage.event("a", "b").workflowId(workflow).build());
			}
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> letters.count() == 3);
			WebOperations operations = WebOperations.of(context);
			assertThat(operations.find(Map.of("workflow", "w1"))).hasSize(2);
			assertThat(operations.find(Map.of("reason", "PERMANENT", "subject", "agents.*.in"))).hasSize(3);
			assertThat(operations.find(Map.of("reason", "HASH"))).isEmpty();
			assertThat(operations.find(Map.of("subject", "tools.*"))).isEmpty();
			assertThat(operations.find(Map.of("from", begin.toString()))).hasSize(3);
			assertThat(operations.find(Map.of("to", begin.toString()))).isEmpty();
			DeadLetterSummary other = operations.find(Map.of("workflow", "w2")).get(0);
			Map<String, Object> one = Map.of("part", "deadletters", "id", Long.toString(other.sequence()));
			assertThat(operations.invoke("GET", "{part}/{id}", one)).isEqualTo(other);
			assertThatExceptionOfType(InvalidEndpointRequestException.class).isThrownBy(
					() -> operations.invoke("POST", "{part}", Map.of("part", "deadletters", "action", "redrive")));
			context.getBean(Refusing.class).refuse = false;
			assertThat(operations.invoke("POST", "{part}",
					Map.of("part", "deadletters", "action", "redrive", "workflow", "w1")))
				.isEqualTo(Map.of("redriven", 2L));
			assertThat(operations.find(Map.of())).containsExactly(other);
			assertThat(operations.invoke("POST", "{part}/{id}",
					Map.of("part", "deadletters", "id", Long.toString(other.sequence()), "action", "drop")))
				.isEqualTo(Map.of("dropped", other.sequence()));
			assertThat(letters.count()).isZero();
		});
	}

	@Test
	void changesNothingUnlessOpened() {
		this.runner.run((context) -> assertThat(WebOperations.of(context).methods()).containsOnly("GET"));
		this.runner.withPropertyValues("management.endpoint.afmessaging.access=UNRESTRICTED")
			.run((context) -> assertThat(WebOperations.of(context).methods()).containsOnly("GET", "POST"));
	}

	@Test
	void pausesAndResumesListeners() {
		this.runner.run((context) -> {
			AfMessagingEndpoint endpoint = context.getBean(AfMessagingEndpoint.class);
			assertThat(((ListenerStatus) endpoint.act("listeners", "refusing", "pause")).state())
				.isEqualTo(ListenerStatus.State.PAUSED);
			endpoint.act("listeners", "refusing", "resume");
			Awaitility.await()
				.until(() -> endpoint.overview().listeners().get(0).state() == ListenerStatus.State.RUNNING);
			assertThat(endpoint.act("listeners", "unknown", "pause")).isNull();
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.act("listeners", "refusing", "explode"));
		});
	}

	@Test
	void isNotThereUnlessExposed() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(AfMessagingEndpoint.class));
	}

	private static Object part(AfMessagingEndpoint endpoint, String part, Long after, Integer limit) {
		return endpoint.part(part, after, limit, null, null, null, null, null);
	}

	@SuppressWarnings("unchecked")
	private static List<DeadLetterSummary> deadLetters(AfMessagingEndpoint endpoint, Long after, Integer limit) {
		return (List<DeadLetterSummary>) part(endpoint, "deadletters", after, limit);
	}

	/**
	 * The endpoint as requests reach it: by path and text, converted and checked.
	 */
	private record WebOperations(WebEndpointsSupplier endpoints) {

		static WebOperations of(ApplicationContext context) {
			return new WebOperations(new WebEndpointDiscoverer(context, new ConversionServiceParameterValueMapper(),
					EndpointMediaTypes.DEFAULT, List.of(), List.of(), List.of(), List.of(),
					List.of(OperationFilter.byAccess(new PropertiesEndpointAccessResolver(context.getEnvironment())))));
		}

		private Stream<WebOperation> operations() {
			return this.endpoints.getEndpoints()
				.stream()
				.filter((endpoint) -> endpoint.getEndpointId().equals(EndpointId.of("afmessaging")))
				.flatMap((endpoint) -> endpoint.getOperations().stream());
		}

		List<String> methods() {
			return operations().map((operation) -> operation.getRequestPredicate().getHttpMethod().name()).toList();
		}

		Object invoke(String method, String path, Map<String, Object> arguments) {
			WebOperation operation = operations()
				.filter((each) -> each.getRequestPredicate().getHttpMethod().name().equals(method)
						&& each.getRequestPredicate().getPath().equals("afmessaging/" + path))
				.findFirst()
				.orElseThrow();
			Object result = operation.invoke(new InvocationContext(SecurityContext.NONE, arguments));
			return (result instanceof WebEndpointResponse<?> response) ? response.getBody() : result;
		}

		@SuppressWarnings("unchecked")
		List<DeadLetterSummary> find(Map<String, Object> filter) {
			Map<String, Object> arguments = new HashMap<>(filter);
			arguments.put("part", "deadletters");
			return (List<DeadLetterSummary>) invoke("GET", "{part}", arguments);
		}

	}

	static class Refusing {

		private volatile boolean refuse = true;

		@AfListener(id = "refusing", subject = "agents.refused.in")
		void on(AfMessage<Object> message) {
			if (this.refuse) {
				throw new PermanentFailureException("No");
			}
		}

	}

}
