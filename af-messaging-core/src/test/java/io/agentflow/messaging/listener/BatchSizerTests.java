package io.agentflow.messaging.listener;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BatchSizerTests {

	private static void handle(BatchSizer sizer, Duration time) {
		for (int i = 0; i < 100; i++) {
			sizer.record(time.toNanos());
		}
		sizer.adjust();
	}

	@Test
	void isLargeWhileTheHandlerIsFastAndSmallWhileItIsSlow() {
		BatchSizer sizer = new BatchSizer(4, 1000, 0);
		assertThat(sizer.current()).isEqualTo(32);
		handle(sizer, Duration.ofNanos(50_000));
		assertThat(sizer.current()).isEqualTo(500);
		handle(sizer, Duration.ofSeconds(10));
		assertThat(sizer.current()).isEqualTo(8);
		handle(sizer, Duration.ofNanos(50_000));
		assertThat(sizer.current()).isEqualTo(500);
	}

	@Test
	void staysWithinWhatMayBeInFlight() {
		BatchSizer sizer = new BatchSizer(4, 3, 0);
		handle(sizer, Duration.ofNanos(50_000));
		assertThat(sizer.current()).isEqualTo(3);
	}

	@Test
	void keepsTheNumberThatWasAskedFor() {
		BatchSizer sizer = new BatchSizer(1, 1000, 77);
		handle(sizer, Duration.ofSeconds(10));
		assertThat(sizer.current()).isEqualTo(77);
	}

	@Test
	void doesNotFollowEveryChange() {
		BatchSizer sizer = new BatchSizer(1, 1000, 0);
		handle(sizer, Duration.ofMillis(10));
		int before = sizer.current();
		handle(sizer, Duration.ofMillis(14));
		assertThat(sizer.current()).isEqualTo(before);
	}

}
