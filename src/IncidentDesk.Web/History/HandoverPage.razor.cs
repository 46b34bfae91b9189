using System.Globalization;
using IncidentDesk.History;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.History;

/// <summary>The note for the next shift: made from what changed, edited by a person, filed as an entry of the log.</summary>
/// <remarks>A plain form: a long text must not depend on a circuit, nor pass through its small messages.</remarks>
public sealed partial class HandoverPage
{
    private ReadChanges.Changes? _changes;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private DateTime _now;
    private string _language = "en";
    private string _body = "";
    private Guid _entryId;
    private bool _mayFile;
    private Error? _error;

    [Parameter] public required string Key { get; set; }
    [Inject] private ReadChanges Changes { get; set; } = null!;
    [Inject] private LiveSituation Situations { get; set; } = null!;
    [Inject] private AddEntry Add { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;
    [CascadingParameter] private HttpContext Context { get; set; } = null!;
    [SupplyParameterFromQuery(Name = "from")] private string? FromText { get; set; }
    [SupplyParameterFromQuery(Name = "lang")] private string? Language { get; set; }
    [SupplyParameterFromForm] private HandoverForm? Input { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var user = Context.User;
        (_zone, _now) = (user.Zone(), Time.UtcNow());
        _language = Languages.All.Contains(Language, StringComparer.Ordinal) ? Language! : Languages.Current;
        SinceMoment.Read(FromText, _zone).TryGet(out var from, out _error);
        if (!(await Changes.HandleAsync(Key, from, user.ToActor(), Context.RequestAborted)).TryGet(out var changes, out _))
        {
            Navigation.NotFound();
            return;
        }
        _entryId = Input?.EntryId is { } sent && sent != Guid.Empty ? sent : Guid.CreateVersion7();
        var situation = await Situations.ReadAsync(changes.Incident.Id, changes.LastSequence, Context.RequestAborted);
        _body = Input?.Body ?? InLanguage(() => new HandoverNote(changes, situation, _zone, _now, Say).Compose());
        (_changes, _mayFile) = (changes, user.Role().MayLog(EntryKind.Handover));
    }

    private async Task FileAsync()
    {
        if (_changes is null) return;
        var added = await Add.HandleAsync(new(Key, _entryId, EntryKind.Handover, Input?.Body ?? ""), Context.User.ToActor(), CancellationToken.None);
        if (added.TryGet(out var entry, out _error)) Navigation.NavigateTo(Links.Entry(Key, entry.Entry.RootSequence));
    }

    /// <summary>The next shift may read another language than who writes.</summary>
    private string InLanguage(Func<string> compose)
    {
        var (culture, words) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Languages.CultureOf(_language);
            return compose();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, words);
        }
    }

    private sealed class HandoverForm
    {
        public Guid? EntryId { get; set; }
        public string? Body { get; set; }
    }
}
