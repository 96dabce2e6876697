package io.agentflow.messaging.sample;

import java.io.PrintStream;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.stereotype.Component;

import io.agentflow.messaging.sample.harness.Progress;
import io.agentflow.messaging.sample.harness.ResultTable;
import io.agentflow.messaging.sample.harness.Scenario;
import io.agentflow.messaging.sample.harness.ScenarioResult;
import io.agentflow.messaging.sample.harness.Thresholds;
import io.agentflow.messaging.sample.harness.Verdict;

/**
 * Runs the pings when the application has started, shows the figures and decides on the
 * exit code.
 */
@Component
@ConditionalOnBooleanProperty(name = "pingpong.autostart", matchIfMissing = true)
@ConditionalOnExpression("'${pingpong.role}'.toLowerCase() != 'ponger'")
class PingPongRunner implements ApplicationRunner, ExitCodeGenerator {

	private static final int TRIES = 3;

	private final Pinger pinger;

	private final PingPongProperties properties;

	private final PrintStream out;

	private int exitCode = 1;

	PingPongRunner(Pinger pinger, PingPongProperties properties, PrintStream out) {
		this.pinger = pinger;
		this.properties = properties;
		this.out = out;
	}

	@Override
	public void run(ApplicationArguments args) throws InterruptedException {
		Scenario scenario = new Scenario("ping-pong", this.properties.toRunSpec(), this.properties.getWarmUp(), false,
				this.properties.toThresholds());
		Thresholds thresholds = scenario.thresholds().overriddenBy(System.getenv());
		Progress progress = Progress.on(this.out, Terminal.isPresent());
		ScenarioResult result = scenario.run(this.pinger, progress);
		Verdict verdict = thresholds.judge(result.measured());
		// Another program can take the processor away for longer than any threshold. What
		// must never happen, a lost message or a wrong hash, gets no second try.
		for (int attempt = 1; attempt < TRIES && result.isComplete() && !verdict.isPassed(); attempt++) {
			this.out
				.println("Missed: " + String.join("; ", verdict.violations()) + ". Is the machine busy? Trying again");
			result = new ScenarioResult(scenario, result.cold(), scenario.measure(this.pinger, progress));
			verdict = thresholds.judge(result.measured());
		}
		ResultTable.print(this.out, result, verdict);
		this.exitCode = (verdict.isPassed() && result.isComplete()) ? 0 : 1;
	}

	@Override
	public int getExitCode() {
		return this.exitCode;
	}

}
