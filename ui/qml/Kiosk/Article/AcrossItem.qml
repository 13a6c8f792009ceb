// An item on a wide screen: the lead stays on one side, the article scrolls on the other.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Item {
    id: root

    required property ItemViewModel item
    required property ListeningViewModel listening
    required property real leadWidth
    property real below: 0    // px kept free below the lead
    property alias lead: lead

    signal itemRequested(pack: string, id: string)

    Flickable {
        id: lead

        anchors.left: parent.left
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.bottomMargin: root.below
        width: root.leadWidth
        contentHeight: box.height + Theme.gap2
        boundsBehavior: Flickable.StopAtBounds

        LeadBox {
            id: box

            width: lead.width
            item: root.item
            listening: root.listening
            onItemRequested: (pack, id) => root.itemRequested(pack, id)
        }
        NumberAnimation {
            id: glide

            target: lead
            property: "contentY"
            duration: Theme.slide * 2
            easing.type: Easing.InOutQuad
        }
        Connections {
            target: root.listening

            function onLitChanged() {
                const place = box.litRectangle();
                const last = Math.max(0, lead.contentHeight - lead.height);
                if (place.height === 0 || last === 0)
                    return;
                glide.to = Math.min(Math.max(place.y - lead.height / 3, 0), last);
                glide.restart();
            }
        }
        Connections {
            target: root.item

            function onOpened() {
                glide.stop();
                lead.contentY = 0;
            }
        }
    }
    Item {
        id: reading

        anchors.left: lead.right
        anchors.leftMargin: Theme.gap5
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.bottom: parent.bottom

        TabStrip {
            id: tabs

            width: reading.width
            model: root.item.tabs
            open: root.item.openTab
            onChosen: key => {
                article.settle(0);
                root.item.choose(key);
            }
        }
        ArticleView {
            id: article

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: tabs.bottom
            anchors.topMargin: Theme.gap1
            anchors.bottom: parent.bottom
            anchors.bottomMargin: more.implicitHeight + Theme.gap1
            clip: true
            item: root.item
            listening: root.listening
            onItemRequested: (pack, id) => root.itemRequested(pack, id)
            footer: SourceLine {
                width: article.width
                text: root.item.publisher
            }
        }
        MoreBelow {
            id: more

            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.gap1
            anchors.horizontalCenter: parent.horizontalCenter
            of: article
        }
    }
}
