import type { PanelConnector } from '../recorder/panel-connection'
import { connectedRecorder } from './connected-recorder'
import { PortConnection } from './connection'

/**
 * Everything that is needed once somebody listens, and not before: the lean SDK loads this module then. Only the entries import it; the
 * recorder knows the interface.
 */
export const connector: PanelConnector = {
  connect: internals => new PortConnection(connectedRecorder(internals)),
}
