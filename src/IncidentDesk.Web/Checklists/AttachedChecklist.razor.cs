using IncidentDesk.Checklists;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.Checklists;

/// <summary>A checklist on an incident: what is done, by whom and when.</summary>
public sealed partial class AttachedChecklist
{
    // What this person set and the push has not brought yet: without it a tick would vanish for the moment in between.
    private readonly Dictionary<int, (bool IsDone, bool IsKept)> _underWay = [];
    private IncidentChecklist? _shown;
    private bool? _isOpen;

    [Inject] private Say Say { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;

    [Parameter, EditorRequired] public required IncidentChecklist Checklist { get; set; }
    [Parameter, EditorRequired] public required TimeZoneInfo Zone { get; set; }
    [Parameter, EditorRequired] public required bool MayRespond { get; set; }

    /// <summary>Answers whether it was kept.</summary>
    [Parameter] public Func<TickStep.Command, Task<bool>> Tick { get; set; } = _ => Task.FromResult(false);
    [Parameter] public EventCallback Remove { get; set; }

    private int Done => Enumerable.Range(0, Checklist.Steps.Count).Count(IsDone);

    private bool IsComplete => Done == Checklist.Steps.Count;

    private bool IsOpen => _isOpen ?? !IsComplete;

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_shown, Checklist)) return;
        _shown = Checklist;
        foreach (var (step, (isDone, isKept)) in _underWay.ToList())
        {
            // What was read after it was kept is the truth, also where somebody else was quick to set it back.
            if (isKept || TickOf(step) is not null == isDone) _underWay.Remove(step);
        }
    }

    private ChecklistTick? TickOf(int step) => Checklist.Ticks.Find(t => t.Step == step);

    private bool IsDone(int step) => _underWay.TryGetValue(step, out var set) ? set.IsDone : TickOf(step) is not null;

    private async Task SetAsync(int step, bool isDone)
    {
        // Whoever ticks the last step keeps it open before their eyes, and keeps the focus in it.
        _isOpen = true;
        _underWay[step] = (isDone, false);
        var isKept = await Tick(new(IncidentKey: "", Checklist.Id, step, isDone));
        if (!isKept || TickOf(step) is not null == isDone) _underWay.Remove(step);
        else _underWay[step] = (isDone, true);
    }
}
