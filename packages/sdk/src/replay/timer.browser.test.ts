// The same tests on Chromium's own scheduler.
import './timer.test'
