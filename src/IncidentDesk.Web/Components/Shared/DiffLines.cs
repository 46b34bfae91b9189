using DiffPlex.DiffBuilder.Model;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.Components.Shared;

/// <summary>One side of two texts, line by line, with what differs within a line.</summary>
internal static class DiffLines
{
    /// <param name="mark"><c>del</c> for what was, <c>ins</c> for what is.</param>
    public static RenderFragment Of(DiffPaneModel pane, string mark) => builder =>
    {
        foreach (var line in pane.Lines.Where(l => l.Type != ChangeType.Imaginary))
        {
            builder.OpenElement(0, "div");
            builder.AddAttribute(0, "class", line.Type == ChangeType.Unchanged ? "ln" : $"ln {mark}");
            if (line.SubPieces.Count == 0)
            {
                builder.AddContent(1, line.Text);
            }
            foreach (var piece in line.SubPieces.Where(p => p.Type != ChangeType.Imaginary))
            {
                builder.OpenElement(2, piece.Type == ChangeType.Unchanged ? "span" : mark);
                builder.AddContent(3, piece.Text);
                builder.CloseElement();
            }
            builder.CloseElement();
        }
    };
}
