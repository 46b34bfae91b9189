using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace IncidentDesk.Web.Attacks;

/// <summary>A thing in the picture of the board: a link on the page, a group with a title in a file.</summary>
public sealed class BoardItem : ComponentBase
{
    [Parameter, EditorRequired] public required string Class { get; set; }
    [Parameter, EditorRequired] public required string Label { get; set; }
    [Parameter, EditorRequired] public required string Href { get; set; }
    [Parameter, EditorRequired] public required bool IsFile { get; set; }

    /// <summary>The row of the table that says all of it.</summary>
    [Parameter] public string? Item { get; set; }
    [Parameter] public RenderFragment? ChildContent { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, IsFile ? "g" : "a");
        builder.AddAttribute(1, "class", Class);
        if (!IsFile)
        {
            builder.AddAttribute(2, "href", Href);
            builder.AddAttribute(3, "aria-label", Label);
            builder.AddAttribute(4, "data-board-item", Item);
        }
        else
        {
            builder.OpenElement(5, "title");
            builder.AddContent(6, Label);
            builder.CloseElement();
        }
        builder.AddContent(7, ChildContent);
        builder.CloseElement();
    }
}
