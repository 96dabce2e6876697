package io.agentflow.messaging.test;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/**
 * Takes the properties of {@link AfMessagingTest}.
 */
final class AfMessagingTestContextBootstrapper extends TestSliceTestContextBootstrapper<AfMessagingTest> {

}
