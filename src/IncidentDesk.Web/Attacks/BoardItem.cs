using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace IncidentDesk.Web.Attacks;

/// <summary>A thing in the picture of the board: a link on the page, a group in a file.</summary>
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
            builder.AddAttribute(3, "data-board-item", Item);
        }
        // The whole of it, where what is drawn is cut to fit: the name for those who do not see it.
        builder.OpenElement(4, "title");
        builder.AddContent(5, Label);
        builder.CloseElement();
        builder.AddContent(6, ChildContent);
        builder.CloseElement();
    }
}
