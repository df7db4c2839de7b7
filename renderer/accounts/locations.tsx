import { Cloud, Ellipsis, LogOut } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Location } from '#app/accounts/session.ts';
import { texts } from '../texts/texts.ts';
import { MenuButton } from '../ui/menu-button.tsx';
import { toIsolated } from '../ui/split-name.ts';
import './locations.css';

const SignOutDialog = lazy(async () => ({ default: (await import('./sign-out-dialog.tsx')).SignOutDialog }));

/** Draws the places that files can be in; one so far. */
export function Locations({ location }: { readonly location: Location | null }) {
  const [isAsking, setIsAsking] = useState(false);
  const words = texts.accounts;
  return (
    <nav className="locations" aria-label={words.label}>
      <h2 className="locations-title">{words.label}</h2>
      {location === null ? null : (
        <ul>
          <li className="location" aria-current="true" title={location.endpoint}>
            <Cloud size={18} strokeWidth={1.75} className="location-icon" aria-hidden="true" />
            <LocationWords location={location} />
            <MenuButton
              label={words.actions(location.label)}
              className="location-menu"
              hintEdge="start"
              actions={[
                {
                  id: 'sign-out',
                  label: words.signOutMenu,
                  icon: <LogOut size={16} aria-hidden="true" />,
                  onAction: () => setIsAsking(true),
                },
              ]}
            >
              <Ellipsis size={16} />
            </MenuButton>
          </li>
        </ul>
      )}
      {isAsking && location !== null ? (
        <Suspense fallback={null}>
          <SignOutDialog location={location} onClose={() => setIsAsking(false)} />
        </Suspense>
      ) : null}
    </nav>
  );
}

function LocationWords({ location }: { readonly location: Location }) {
  return (
    <div className="location-words">
      <span className="location-label">{location.label}</span>
      {location.keyLabel === null ? null : (
        <span className="location-fact">{toIsolated(location.keyLabel)}</span>
      )}
      <span className="location-fact location-endpoint">{location.endpoint.replace(/^https?:\/\//, '')}</span>
      <span className="location-fact">{texts.accounts.keyStorage[location.keyStorage]}</span>
    </div>
  );
}
