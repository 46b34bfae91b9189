namespace IncidentDesk.Web.Postmortems;

/// <summary>What a person wants with the review of a postmortem.</summary>
public enum ReviewAct { Name, Ask, Approve, SendBack, Finish, Reopen }
