import type { PanelConnector } from '../recorder/panel-connection'
import { PortConnection } from './connection'
import { connectionDelegate } from './delegate'

/**
 * Everything that is needed once somebody listens, and not before: the lean SDK loads this module then. Only the entries import it; the
 * recorder knows the interface.
 */
export const connector: PanelConnector = {
  connect: internals => new PortConnection(connectionDelegate(internals)),
}
