// The heading of a part of a clerk's page.
import QtQuick
import Kiosk.Components
import Kiosk.Theme

Words {
    id: root

    topPadding: Theme.gap2
    font.pixelSize: Theme.title
    font.bold: true
    Accessible.role: Accessible.Heading
    Accessible.name: root.text
}
