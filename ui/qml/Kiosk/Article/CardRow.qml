// Another item that belongs to this one.
import QtQuick
import Kiosk.Components
import Kiosk.Theme

ArticleRow {
    id: root

    required property string pack
    required property string itemId
    required property string text
    required property string detail
    required property string label
    required property string status
    required property string tone
    required property string year
    required property string badge

    signal itemRequested(pack: string, id: string)

    height: card.height + Theme.gap2

    ItemCardRow {
        id: card

        width: root.column
        height: implicitHeight
        title: root.text
        detail: root.detail
        kind: root.label
        status: root.status
        tone: root.tone
        year: root.year
        badge: root.badge
        onClicked: root.itemRequested(root.pack, root.itemId)
    }
}
