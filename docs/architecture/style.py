"""How the pictures of this folder look: one frame, a kind of box per network, labelled arrows."""

from pathlib import Path

from diagrams import Cluster, Diagram, Edge

FOLDER = Path(__file__).parent
FONT = "DejaVu Sans"
INK = "#1f2a37"

REQUEST = "#1d4ed8"
SIGN_IN = "#7c3aed"
DATA = "#047857"
QUIET = "#6b7280"


def picture(name: str, **graph: str) -> Diagram:
    """A picture that is written beside its source, as <name>.png."""
    return Diagram(
        "",
        filename=str(FOLDER / name),
        show=False,
        direction=graph.pop("direction", "LR"),
        outformat="png",
        graph_attr={
            "dpi": "88", "pad": "0.2", "nodesep": "0.3", "ranksep": "0.8", "splines": "spline", "bgcolor": "white",
            "fontname": FONT, "fontcolor": INK, **graph,
        },
        node_attr={"fontname": FONT, "fontsize": "12", "fontcolor": INK, "width": "1.2", "height": "1.4"},
        edge_attr={"fontname": FONT, "fontsize": "11", "fontcolor": INK, "penwidth": "1.6", "arrowsize": "0.9"},
    )


def box(label: str, fill: str, line: str, style: str = "rounded") -> Cluster:
    """A frame around what belongs together."""
    return Cluster(label, graph_attr={
        "bgcolor": fill, "pencolor": line, "penwidth": "1.4", "style": style, "margin": "12", "labeljust": "l",
        "fontname": FONT, "fontsize": "13", "fontcolor": INK,
    })


def region(label: str) -> Cluster:
    return box(label, "#ffffff", "#9ca3af", "rounded,dashed")


def vpc(label: str) -> Cluster:
    return box(label, "#f5f3ff", "#7c3aed")


def public_subnets(label: str) -> Cluster:
    return box(label, "#ecfdf5", "#059669")


def isolated_subnets(label: str) -> Cluster:
    return box(label, "#eff6ff", "#2563eb")


def group(label: str) -> Cluster:
    return box(label, "#fafafa", "#d1d5db")


def flow(label: str, colour: str = REQUEST, **edge: str) -> Edge:
    """An arrow in the direction in which the connection is opened."""
    return Edge(label=label, color=colour, fontcolor=colour, **edge)


def flow_across(label: str, colour: str = REQUEST, **edge: str) -> Edge:
    """An arrow between neighbours in one column; its label stands beside it."""
    return Edge(label="", color=colour, fontcolor=colour, constraint="false", **{
        "taillabel": label, "labelfontname": FONT, "labelfontsize": "13", "labeldistance": "3.4", "labelangle": "-68", "labelfontcolor": colour, **edge,
    })
