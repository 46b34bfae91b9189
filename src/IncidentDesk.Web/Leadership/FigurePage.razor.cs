using System.Globalization;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Leadership;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Timeline;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.Leadership;

public sealed partial class FigurePage
{
    private const int PageSize = 200;

    private Figure? _figure;
    private FigureTable? _table;
    private LeadershipUrl _url = null!;
    private DateTime _now;
    private Error? _error;

    [Inject] private ReadFigure Read { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Context { get; set; } = null!;

    [Parameter] public string FigureName { get; set; } = "";
    [SupplyParameterFromQuery(Name = "period")] private string? Period { get; set; }
    [SupplyParameterFromQuery(Name = "from")] private string? From { get; set; }
    [SupplyParameterFromQuery(Name = "to")] private string? To { get; set; }
    [SupplyParameterFromQuery(Name = "page")] private string? Page { get; set; }

    private int PageNumber => int.TryParse(Page, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, Math.Max(1, ((_table?.Rows.Count ?? 1) + PageSize - 1) / PageSize)) : 1;

    private bool HasWhat => _figure is Figure.MemberHours or Figure.Vectors or Figure.Defences or Figure.Targets or Figure.FollowUps;
    private bool HasFrom => _figure is not (Figure.MemberHours or Figure.FollowUps);
    private bool HasTo => _figure is not (Figure.Incidents or Figure.Beginnings or Figure.MemberHours or Figure.Targets);
    private bool HasValue => _figure is not (Figure.Incidents or Figure.Beginnings or Figure.Targets or Figure.FollowUps);

    protected override async Task OnInitializedAsync()
    {
        _now = Clock.UtcNow();
        _url = LeadershipUrl.Read(Period, From, To, null, null, _now);
        _figure = Labels.ParseOrNull<Figure>(FigureName);
        if (_figure is not { } figure)
        {
            Navigation.NotFound();
            return;
        }
        (await Read.HandleAsync(figure, _url.Period, Context.User.ToActor(), Context.RequestAborted)).TryGet(out _table, out _error);
    }

    private string AtPage(int page) => _url.ToUrl($"{Links.Leadership}/{FigureName}", withZones: false) is var url && url.Contains('?', StringComparison.Ordinal) ? $"{url}&page={page}" : $"{url}?page={page}";

    private string Explanation(Figure figure) => figure.Ends() is { } ends
        ? Say["Leadership.Ends.Sentence", Say.Word(ends.From).ToLowerInvariant(), Say.Word(ends.To).ToLowerInvariant()]
        : Say[$"Figure.{figure}.Hint"];

    private (string From, string To) Head(Figure figure) => figure switch
    {
        Figure.Defences => (Say.Word(MitigationState.Applied), Say["Leadership.Worked"]),
        Figure.Vectors => (Say["Leadership.From"], Say["Leadership.To"]),
        Figure.FollowUps => ("", Say["Leadership.DueHead"]),
        Figure.MemberHours => ("", ""),
        _ => figure.Ends() is { } ends ? (Say.Word(ends.From), Say.Word(ends.To)) : (Say.Word(MilestoneKind.ImpactStarted), ""),
    };

    private string WhatHead(Figure figure) => Say[figure switch
    {
        Figure.MemberHours => "Leadership.Hours.Cause",
        Figure.Vectors => "Leadership.Vector",
        Figure.Targets => "Inventory.Member",
        Figure.FollowUps => "Leadership.FollowUp",
        _ => "Leadership.Defence",
    }];

    private RenderFragment What(Figure figure, FigureRow row) => builder =>
    {
        var (text, href) = figure switch
        {
            Figure.MemberHours => (Say.Word(Enum.Parse<ImpactCause>(row.What)), null),
            Figure.Vectors => (Say.Vector(row.What), null),
            Figure.Defences => (row.What, Links.Mitigation(row.Subject.ToString()!)),
            Figure.Targets => (row.What, Links.Ledger(row.Subject!.Value)),
            _ => (row.What, (string?)null),
        };
        builder.OpenElement(0, href is null ? "span" : "a");
        if (href is not null) builder.AddAttribute(1, "href", href);
        builder.AddAttribute(2, "dir", "auto");
        builder.AddContent(3, text);
        builder.CloseElement();
        if (row.Detail.Length == 0) return;
        builder.OpenElement(4, "div");
        builder.AddAttribute(5, "class", "sub");
        builder.AddContent(6, Labels.TryParse<MitigationState>(row.Detail, out var state) && figure == Figure.Defences ? Say.Word(state) : row.Detail);
        builder.CloseElement();
    };

    private RenderFragment Time(OccurrenceTime? time) => time is null ? Unknown(Say["Unknown"]) : builder => builder.AddContent(0, Stamps.Full(time, TimeZoneInfo.Utc, Say));

    private RenderFragment Value(FigureRow row) => row.State switch
    {
        ValueState.Crossed => Unknown(Say["ValueState.Crossed.One"]),
        ValueState.Known when row.AtLeast is { } least && _figure == Figure.MemberHours => builder => builder.AddContent(0,
            LeadershipWords.MemberHours(least, row.AtMost, row.IsAbout, Say)),
        ValueState.Known when row.AtLeast is { } value => builder => builder.AddContent(0, Stamps.Duration(new Duration(value, row.IsAbout))),
        _ => Unknown(Say["Unknown"]),
    };

    private static RenderFragment Unknown(string word) => builder =>
    {
        builder.OpenElement(0, "em");
        builder.AddAttribute(1, "class", "unknown");
        builder.AddContent(2, word);
        builder.CloseElement();
    };
}
