// One matter: title, answer, facts, then the tabs. Upright it scrolls as one; across, the article stands beside the lead.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Article
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Item {
    id: root

    required property Navigator navigator
    required property ItemViewModel viewModel
    required property ListeningViewModel listening
    readonly property bool wide: !Theme.portrait
    readonly property real leadWidth: root.wide ? (root.width - Theme.margin * 2 - Theme.gap5) / 2 : root.width - Theme.margin * 2

    // --- upright: the lead scrolls away with the article ---
    Loader {
        anchors.fill: parent
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        anchors.bottomMargin: action.height
        active: !root.wide
        sourceComponent: ArticleView {
            id: tall

            item: root.viewModel
            listening: root.listening
            onItemRequested: (pack, id) => root.navigator.item(pack, id)
            header: ArticleHeader {
                width: tall.width
                height: lead.height + tabs.height + Theme.gap3
                function litRectangle(): rect {
                    return lead.litRectangle();
                }

                LeadBox {
                    id: lead

                    width: parent.width
                    item: root.viewModel
                    listening: root.listening
                    onItemRequested: (pack, id) => root.navigator.item(pack, id)
                }
                TabStrip {
                    id: tabs

                    anchors.top: lead.bottom
                    anchors.topMargin: Theme.gap3
                    width: parent.width
                    height: visible ? implicitHeight : 0
                    visible: count > 1
                    model: root.viewModel.tabs
                    open: root.viewModel.openTab
                    onChosen: key => {
                        tall.settle(Math.min(tall.contentY - tall.originY, tabs.y));
                        root.viewModel.choose(key);
                    }
                }
            }
            footer: SourceLine {
                width: tall.width
                text: root.viewModel.publisher
            }

            MoreBelow {
                parent: tall.parent
                of: tall
            }
        }
    }
    // --- across: the lead stays where it is ---
    Loader {
        anchors.fill: parent
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        active: root.wide
        sourceComponent: Item {
            Flickable {
                id: leadScroll

                anchors.left: parent.left
                anchors.top: parent.top
                anchors.bottom: parent.bottom
                anchors.bottomMargin: action.height
                width: root.leadWidth
                contentHeight: sideLead.height + Theme.gap2
                boundsBehavior: Flickable.StopAtBounds

                LeadBox {
                    id: sideLead

                    width: leadScroll.width
                    item: root.viewModel
                    listening: root.listening
                    onItemRequested: (pack, id) => root.navigator.item(pack, id)
                }
                NumberAnimation {
                    id: glide

                    target: leadScroll
                    property: "contentY"
                    duration: Theme.slide * 2
                    easing.type: Easing.InOutQuad
                }
                Connections {
                    target: root.listening

                    function onLitChanged() {
                        const place = sideLead.litRectangle();
                        const last = Math.max(0, leadScroll.contentHeight - leadScroll.height);
                        if (place.height === 0 || last === 0)
                            return;
                        glide.to = Math.min(Math.max(place.y - leadScroll.height / 3, 0), last);
                        glide.restart();
                    }
                }
                Connections {
                    target: root.viewModel

                    function onOpened() {
                        leadScroll.contentY = 0;
                    }
                }
            }
            TabStrip {
                id: sideTabs

                anchors.left: leadScroll.right
                anchors.leftMargin: Theme.gap5
                anchors.right: parent.right
                anchors.top: parent.top
                height: visible ? implicitHeight : 0
                visible: count > 1
                model: root.viewModel.tabs
                open: root.viewModel.openTab
                onChosen: key => {
                    side.settle(0);
                    root.viewModel.choose(key);
                }
            }
            ArticleView {
                id: side

                clip: true

                anchors.left: sideTabs.left
                anchors.right: sideTabs.right
                anchors.top: sideTabs.bottom
                anchors.topMargin: Theme.gap1
                anchors.bottom: parent.bottom
                item: root.viewModel
                listening: root.listening
                onItemRequested: (pack, id) => root.navigator.item(pack, id)
                footer: SourceLine {
                    width: side.width
                    text: root.viewModel.publisher
                }
            }
            MoreBelow {
                of: side
            }
            MoreBelow {
                of: leadScroll
            }
        }
    }
    // --- the one thing to do here ---
    Rectangle {
        id: action

        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.bottom: parent.bottom
        width: root.leadWidth
        height: takeHome.height + Theme.gap2 * 2
        color: Theme.ground

        AppButton {
            id: takeHome

            anchors.verticalCenter: parent.verticalCenter
            anchors.right: Theme.leftHanded ? undefined : parent.right
            anchors.left: Theme.leftHanded ? parent.left : undefined
            accent: true
            glyph: Glyphs.takeHome
            text: qsTr("带走这张单子")
            enabled: root.viewModel.isRead
            onClicked: root.navigator.takeHome()
        }
    }
    BusyLine {
        anchors.centerIn: parent
        busy: root.viewModel.isLoading
    }
    EmptyState {
        anchors.centerIn: parent
        width: Math.min(parent.width - Theme.margin * 2, Theme.body * 24)
        visible: root.viewModel.trouble !== ""
        sentence: root.viewModel.trouble
        todo: root.viewModel.todo
    }
}
