package io.agentflow.messaging.test.log;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.agentflow.messaging.test.log.AfLogChecker.Finding;
import io.agentflow.messaging.test.log.AfLogChecker.Summary;

import static org.assertj.core.api.Assertions.assertThat;

class AfLogCheckerTests {

	private static final String HEAD = "'timestamp':'2026-11-22T10:00:00.000000001Z','level':'INFO','message':'m',";

	private static final String TAIL = "'logger_name':'l','thread_name':'t'";

	private static final String GOOD = line("{" + HEAD + TAIL + "}");

	private final AfLogChecker checker = AfLogChecker.create();

	private final List<Finding> findings = new ArrayList<>();

	@Test
	void acceptsEveryFieldInItsPlace() {
		assertThat(check(GOOD + line("{" + HEAD
				+ "'trace_id':'0af7651916cd43dd8448eb211c80319c','span_id':'b7ad6b7169203331','message_id':"
				+ "'01KAN5Q2F3A8Y0W7V9ZK4D6C1B','workflow_id':'w','agent_id':'a','Zulu':1,'alpha':{'b':[]},'app_level':'x',"
				+ "'correlation_id':'c','logger_name':'l','service':'s','service_version':'1','stack_trace':'e',"
				+ "'tags':['x'],'thread_name':'t'}")
				+ line("{" + HEAD + "'trace_id':'','span_id':'','message_id':'','workflow_id':'','agent_id':''," + TAIL
						+ "}")))
			.isEqualTo(new Summary(3, 0));
		assertThat(this.findings).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			plain text                                                          | is not one JSON text
			{'level':'INFO'                                                     | is not one JSON text
			[]                                                                  | no object
			1                                                                   | no object
			{HEAD,TAIL} {}                                                      | is not one JSON text
			{HEAD,TAIL,'x':1,'x':2}                                             | is not one JSON text
			{'level':'INFO','message':'m',TAIL}                                 | 'timestamp'
			{'timestamp':'2026-11-22T10:00:00.000000001Z','message':'m',TAIL}   | 'level'
			{'timestamp':'2026-11-22T10:00:00.000000001Z','level':'INFO',TAIL}  | 'message'
			{HEAD,'thread_name':'t'}                                            | 'logger_name'
			{HEAD,'logger_name':'l'}                                            | 'thread_name'
			{'timestamp':'2026-11-22T10:00:00.001Z','level':'INFO','message':'m',TAIL}           | /timestamp
			{'timestamp':'2026-11-22T10:00:00.000000001+01:00','level':'INFO','message':'m',TAIL}| /timestamp
			{'timestamp':'2026-13-22T10:00:00.000000001Z','level':'INFO','message':'m',TAIL}     | /timestamp
			{'timestamp':'2026-11-22T10:00:00.000000001Z','level':'LOUD','message':'m',TAIL}     | /level
			{'timestamp':'2026-11-22T10:00:00.000000001Z','level':'INFO','message':7,TAIL}       | /message
			{HEAD,'trace_id':'0AF7651916CD43DD8448EB211C80319C',TAIL}           | /trace_id
			{HEAD,'trace_id':'0af7651916cd43dd8448eb211c80319c','span_id':'x',TAIL}              | /span_id
			{HEAD,'span_id':'b7ad6b7169203331',TAIL}                            | 'trace_id'
			{HEAD,'message_id':'01KAN5Q2F3A8Y0W7V9ZK4D6C1',TAIL}                | /message_id
			{HEAD,'message_id':'01KAN5Q2F3A8Y0W7V9ZK4D6C1U',TAIL}               | /message_id
			{HEAD,'workflow_id':7,TAIL}                                         | /workflow_id
			{HEAD,'logger_name':'l','tags':'x','thread_name':'t'}               | /tags
			{HEAD,'logger_name':'l','stack_trace':'','thread_name':'t'}         | /stack_trace
			{HEAD,TAIL,'alpha':1}                                               | alpha after thread_name
			{HEAD,'alpha':1,'agent_id':'a',TAIL}                                | agent_id after alpha
			{'level':'INFO','timestamp':'2026-11-22T10:00:00.000000001Z','message':'m',TAIL}     | timestamp after level
			""")
	void tellsWhatIsWrong(String text, String reason) {
		String malformed = line(text.replace("HEAD,", HEAD).replace("TAIL", TAIL));
		assertThat(check(GOOD + malformed + GOOD)).isEqualTo(new Summary(3, 1));
		assertThat(this.findings).singleElement().satisfies((finding) -> {
			assertThat(finding.line()).isEqualTo(2);
			assertThat(finding.toString()).contains(reason);
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { '\r', 0x1B, 0x85, 0x2028, 0x202E, 0xFEFF })
	void refusesWhatATerminalActsUponAndDoesNotRepeatIt(int codePoint) {
		String character = Character.toString(codePoint);
		check(GOOD.replace("\"m\"", "\"" + character + "[31m\""));
		assertThat(this.findings).singleElement()
			.asString()
			.contains(String.format("U+%04X", codePoint), "must be escaped")
			.doesNotContain(character);
	}

	@Test
	void refusesEmptyLinesAndEmptyLogs() {
		assertThat(check(GOOD + "\n" + GOOD)).isEqualTo(new Summary(3, 1));
		assertThat(this.findings).singleElement().asString().startsWith("line 2 is empty");
		assertThat(check("").isValid()).isFalse();
	}

	@Test
	void refusesWhatIsNoUtf8() throws IOException {
		byte[] bytes = GOOD.replace("\"m\"", "\"\u00e9\"").getBytes(StandardCharsets.ISO_8859_1);
		assertThat(this.checker.check(new ByteArrayInputStream(bytes), this.findings::add).malformed()).isEqualTo(1);
		assertThat(this.findings.get(0).reasons()).containsExactly("is not UTF-8");
	}

	@Test
	void takesALastLineWithoutItsEndAndFindsOneThatWasCut() {
		assertThat(check(GOOD + GOOD.stripTrailing()).isValid()).isTrue();
		assertThat(check(GOOD + GOOD.substring(0, 40))).isEqualTo(new Summary(2, 1));
	}

	@Test
	void doesNotKeepALineWithoutEnd() throws IOException {
		byte[] endless = new byte[(8 << 20) + 1];
		Arrays.fill(endless, (byte) 'x');
		Summary summary = this.checker.check(new SequenceInputStream(new ByteArrayInputStream(endless),
				new ByteArrayInputStream(("\n" + GOOD).getBytes(StandardCharsets.UTF_8))), this.findings::add);
		assertThat(summary).isEqualTo(new Summary(2, 1));
		assertThat(this.findings.get(0).reasons().get(0)).startsWith("is longer than 8388608 bytes");
		assertThat(this.findings.get(0).excerpt()).hasSizeLessThan(200);
	}

	@Test
	void tellsOfALineAsSoonAsItIsThere() throws Exception {
		BlockingQueue<Finding> found = new LinkedBlockingQueue<>();
		try (PipedOutputStream writer = new PipedOutputStream(); PipedInputStream log = new PipedInputStream(writer)) {
			CompletableFuture<Summary> summary = CompletableFuture.supplyAsync(() -> {
				try {
					return this.checker.check(log, found::add);
				}
				catch (IOException ex) {
					throw new IllegalStateException(ex);
				}
			});
			writer.write((GOOD + "oops\n{").getBytes(StandardCharsets.UTF_8));
			writer.flush();
			assertThat(found.poll(20, TimeUnit.SECONDS).line()).isEqualTo(2);
			assertThat(summary).isNotDone();
			writer.close();
			assertThat(summary.get(20, TimeUnit.SECONDS)).isEqualTo(new Summary(3, 2));
		}
	}

	private Summary check(String log) {
		this.findings.clear();
		return this.checker.check(log, this.findings::add);
	}

	private static String line(String text) {
		return text.replace('\'', '"') + "\n";
	}

}
