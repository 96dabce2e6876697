package io.agentflow.messaging.autoconfigure.tracing;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.listener.AfListener;
import io.agentflow.messaging.publish.AfPublisher;

/**
 * One of the four services of a workflow of six messages: the gateway asks the planner,
 * the planner asks search and then the writer, and tells the gateway what came of it.
 */
final class WorkflowService {

	static final String WORKFLOW = "wf-four";

	private static final Logger logger = LoggerFactory.getLogger(WorkflowService.class);

	private static final Map<String, Class<?>> SERVICES = Map.of("gateway", Gateway.class, "planner", Planner.class,
			"search", Search.class, "writer", Writer.class);

	private WorkflowService() {
	}

	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(SERVICES.get(args[0]));
		application.setWebApplicationType(WebApplicationType.NONE);
		application.run("--spring.docker.compose.enabled=false", "--spring.main.keep-alive=true",
				"--spring.threads.virtual.enabled=true",
				"--management.opentelemetry.tracing.export.schedule-delay=100ms");
	}

	private static void log(AfMessage<?> message) {
		logger.info("{} came from {}", message.type(), message.from());
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Gateway {

		@Bean
		ApplicationRunner begin(AfPublisher publisher) {
			return (arguments) -> publisher.publish(Subjects.workflowIn(WORKFLOW),
					AfMessage.request("gateway", "planner").workflowId(WORKFLOW).payload("a question").build());
		}

		@AfListener(id = "results", subject = "workflows.*.out")
		void end(AfMessage<String> result) {
			log(result);
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Planner {

		private final AfPublisher publisher;

		Planner(AfPublisher publisher) {
			this.publisher = publisher;
		}

		@AfListener(id = "requests", subject = "workflows.*.in")
		void plan(AfMessage<String> request) {
			log(request);
			ask("search", request);
		}

		@AfListener(id = "answers", subject = "agents.planner.in")
		CompletableFuture<?> goOn(AfMessage<String> answer) {
			log(answer);
			if (answer.from().equals("search")) {
				ask("writer", answer);
				return CompletableFuture.completedFuture(null);
			}
			return this.publisher.publishAsync(Subjects.workflowOut(WORKFLOW),
					AfMessage.event("planner", "gateway").workflowId(WORKFLOW).payload(answer.payload()).build());
		}

		private void ask(String agent, AfMessage<String> about) {
			this.publisher.publish(Subjects.agentIn(agent),
					AfMessage.request("planner", agent).workflowId(WORKFLOW).payload(about.payload()).build());
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Search {

		@AfListener(id = "search", subject = "agents.search.in")
		CompletableFuture<String> search(AfMessage<String> request) {
			log(request);
			return CompletableFuture.supplyAsync(() -> "found");
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Writer {

		@AfListener(id = "writer", subject = "agents.writer.in", concurrency = "2")
		String write(AfMessage<String> request) {
			log(request);
			return "written";
		}

	}

}
