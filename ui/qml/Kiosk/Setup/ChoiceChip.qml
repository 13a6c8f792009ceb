// One of several answers; the chosen one is dark and ticked.
import QtQuick
import Kiosk.Components
import Kiosk.Theme

Chip {
    implicitHeight: Math.max(Theme.touchTarget, Theme.body * 1.5 + Theme.gap1 * 2)
    Accessible.role: Accessible.RadioButton
}
